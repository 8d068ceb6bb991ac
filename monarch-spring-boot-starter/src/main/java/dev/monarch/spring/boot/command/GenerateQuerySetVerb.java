package dev.monarch.spring.boot.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;

/** Writes a new query set. */
final class GenerateQuerySetVerb implements Verb.Standalone {

    @Override
    public VerbDescription description() {
        List<ArgSpec> arguments =
                new ArrayList<>(List.of(VerbOptions.word(0, "NAME", "What it takes, in a word or two: awesome-dogs.")));
        arguments.addAll(Project.options("query sets", Project.QUERY_SETS));
        return new VerbDescription(
                "generate-query-set",
                List.of(),
                "Writes a new query set into the project; needs no database.",
                arguments,
                List.of(new Example("generate-query-set awesome-dogs", "The class and query set AwesomeDogs.")));
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, @Nullable Class<?> application) {
        GeneratedName name = GeneratedName.of(arguments.requiredWord(0), GeneratedName.Kind.QUERY_SET);
        Project project = Project.of(arguments, application, Project.QUERY_SETS);
        Path file = project.mainSources().resolve(name.className() + ".java");
        String text = Template.of("query-set.java.template", project)
                .with(Map.of("package", project.basePackage(), "class", name.className()));
        Project.create(file, text);
        return Report.done(
                List.of("Generated query set " + name.className() + ":", "  " + file),
                new Document("name", name.className()).append("files", List.of(file.toString())));
    }
}

package dev.monarch.spring.boot.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.bson.Document;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes a new query set. */
@Command(
        name = "generate-query-set",
        description = "Generate a query set in the project. Needs no database.",
        footer = {"  monarch generate-query-set awesome-dogs", "      The class and query set AwesomeDogs."})
final class GenerateQuerySetVerb extends Verb {

    @Parameters(paramLabel = "NAME", description = "What it selects, in one or two words: awesome-dogs.")
    private String typed;

    @Mixin
    private Project project;

    @Override
    Report run() {
        GeneratedName name = GeneratedName.of(typed, GeneratedName.Kind.QUERY_SET);
        String packageName = project.packageFor(Project.QUERY_SETS);
        Path file = project.mainSources(packageName).resolve(name.className() + ".java");
        String text = Template.of("query-set.java.template", project)
                .with(Map.of("package", packageName, "class", name.className()));
        Project.create(file, text);
        return Report.done(
                List.of("Generated query set " + name.className() + ":", "  " + file),
                new Document("name", name.className()).append("files", List.of(file.toString())));
    }
}

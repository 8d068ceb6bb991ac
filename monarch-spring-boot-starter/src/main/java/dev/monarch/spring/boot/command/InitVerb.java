package dev.monarch.spring.boot.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;

/** Prepares a project: a commented configuration, and a package for the migrations. */
final class InitVerb implements Verb.Standalone {

    private static final String OVERWRITE = "--overwrite";

    private static final String CONFIGURATION = "monarch.yml";

    private static final String IMPORT = "spring.config.import: optional:classpath:" + CONFIGURATION;

    @Override
    public VerbDescription description() {
        List<ArgSpec> arguments =
                new ArrayList<>(List.of(VerbOptions.flag(OVERWRITE, "Overwrites what an earlier init has written.")));
        arguments.addAll(Project.options("migrations", Project.MIGRATIONS));
        return new VerbDescription(
                "init",
                List.of(),
                "Writes a commented configuration and a package for migrations; needs no database.",
                arguments,
                List.of(new Example("init", "In the project where the command is called.")));
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, @Nullable Class<?> application) {
        Project project = Project.of(arguments, application, Project.MIGRATIONS);
        Map<String, String> values = Map.of("package", project.basePackage());
        Path configuration = project.resource(CONFIGURATION);
        Path packageDescription = project.mainSources().resolve("package-info.java");
        List<String> written = new ArrayList<>();
        boolean overwrite = arguments.has(OVERWRITE) || isAllowed(configuration, console);
        if (overwrite) {
            Project.replace(
                    configuration,
                    Template.of(CONFIGURATION + ".template", project).with(values));
        } else {
            Project.create(
                    configuration,
                    Template.of(CONFIGURATION + ".template", project).with(values));
        }
        written.add(configuration.toString());
        if (!Files.exists(packageDescription)) {
            Project.create(
                    packageDescription,
                    Template.of("package-info.java.template", project).with(values));
            written.add(packageDescription.toString());
        }
        List<String> text = new ArrayList<>(List.of("Written:"));
        boolean imported = isImported(project, written);
        written.forEach(file -> text.add("  " + file));
        if (!imported) {
            text.add("Add this line to the application's configuration, which was left as it is:");
            text.add("  " + IMPORT);
        }
        text.add("The first migration: monarch generate NAME");
        return Report.done(text, new Document("files", written).append("imported", imported));
    }

    private static boolean isAllowed(Path configuration, CommandConsole console) {
        if (!Files.exists(configuration) || !console.isATerminal()) {
            return false;
        }
        String answer = console.ask(configuration + " is there already. Overwrite it? [y/N]");
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    /** An application that has no configuration yet gets one; what a user has written is left alone. */
    private static boolean isImported(Project project, List<String> written) {
        List<Path> own = Stream.of("application.yml", "application.yaml", "application.properties")
                .map(project::resource)
                .filter(Files::exists)
                .toList();
        if (own.isEmpty()) {
            Path application = project.resource("application.yml");
            Project.create(application, IMPORT + "\n");
            written.add(application.toString());
            return true;
        }
        return own.stream().map(Project::read).anyMatch(text -> text.contains(CONFIGURATION));
    }
}

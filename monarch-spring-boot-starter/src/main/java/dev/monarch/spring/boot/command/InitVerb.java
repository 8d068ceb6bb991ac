package dev.monarch.spring.boot.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.bson.Document;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prepares a project: writes a commented configuration and a package for migrations. */
@Command(
        name = "init",
        description = "Write a commented configuration and a package for migrations. Needs no database.",
        footer = {"  monarch init", "      In the project of the working directory."})
final class InitVerb extends Verb {

    private static final String CONFIGURATION = "monarch.yml";

    private static final String IMPORT = "spring.config.import: optional:classpath:" + CONFIGURATION;

    @Option(names = "--overwrite", description = "Overwrite the files of an earlier init.")
    private boolean overwrite;

    @Mixin
    private Project project;

    @Override
    Report run() {
        String packageName = project.packageFor(Project.MIGRATIONS);
        Map<String, String> values = Map.of("package", packageName);
        Path configuration = project.resource(CONFIGURATION);
        Path packageDescription = project.mainSources(packageName).resolve("package-info.java");
        List<String> written = new ArrayList<>();
        boolean replace = overwrite || isAllowed(configuration);
        String text = Template.of(CONFIGURATION + ".template", project).with(values);
        if (replace) {
            Project.replace(configuration, text);
        } else {
            Project.create(configuration, text);
        }
        written.add(configuration.toString());
        if (!Files.exists(packageDescription)) {
            Project.create(
                    packageDescription,
                    Template.of("package-info.java.template", project).with(values));
            written.add(packageDescription.toString());
        }
        List<String> lines = new ArrayList<>(List.of("Written:"));
        boolean imported = isImported(project, written);
        written.forEach(file -> lines.add("  " + file));
        if (!imported) {
            lines.add("Add this line to the application's configuration, which is unchanged:");
            lines.add("  " + IMPORT);
        }
        lines.add("Generate the first migration: monarch generate NAME");
        return Report.done(lines, new Document("files", written).append("imported", imported));
    }

    private boolean isAllowed(Path configuration) {
        if (!Files.exists(configuration) || !console().isTerminal()) {
            return false;
        }
        String answer = console().ask(configuration + " exists already. Overwrite it? [y/N]");
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    /** An application without a configuration gets one. An existing one is not changed. */
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

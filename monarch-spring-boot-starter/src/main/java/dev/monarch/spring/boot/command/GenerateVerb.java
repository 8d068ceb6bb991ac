package dev.monarch.spring.boot.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;

/** Writes a new migration and its test. */
final class GenerateVerb implements Verb.Standalone {

    private static final String NO_TEST = "--no-test";

    private static final String TEST_STARTER = "org.springframework.boot:spring-boot-starter-data-mongodb-test";

    @Override
    public VerbDescription description() {
        List<ArgSpec> arguments = new ArrayList<>(List.of(
                VerbOptions.word(0, "NAME", "What it does, in a word or two: unique-email."),
                VerbOptions.flag(NO_TEST, "Writes no test.")));
        arguments.addAll(Project.options("migrations", Project.MIGRATIONS));
        return new VerbDescription(
                "generate",
                List.of("create"),
                "Writes a new migration and its test into the project; needs no database.",
                arguments,
                List.of(
                        new Example("generate unique-email", "The class UniqueEmail, its id the time and the name."),
                        new Example("generate 'unique email' --package com.example.migrations", "In that package.")));
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, @Nullable Class<?> application) {
        GeneratedName name = GeneratedName.of(arguments.requiredWord(0), GeneratedName.Kind.MIGRATION);
        Project project = Project.of(arguments, application, Project.MIGRATIONS);
        Path migration = project.mainSources().resolve(name.className() + ".java");
        Path test = project.testSources().resolve(name.className() + "Tests.java");
        String id = MigrationStamp.next(Instant.now(), project.mainSources()) + "-" + name.dashed();
        Map<String, String> values =
                Map.of("package", project.basePackage(), "class", name.className(), "id", id, "name", name.dashed());
        // Both texts are made before either is written, and neither file may be there: all or nothing.
        String migrationText = Template.of("migration.java.template", project).with(values);
        String testText = Template.of("migration-test.java.template", project).with(values);
        boolean withTest = !arguments.has(NO_TEST);
        requireFree(migration);
        if (withTest) {
            requireFree(test);
        }
        Project.create(migration, migrationText);
        List<String> files = new ArrayList<>(List.of(migration.toString()));
        if (withTest) {
            Project.create(test, testText);
            files.add(test.toString());
        }
        List<String> text = new ArrayList<>(List.of("Generated migration " + id + ":"));
        files.forEach(file -> text.add("  " + file));
        if (withTest && !project.hasTestDependencies()) {
            text.add("The test needs the dependency " + TEST_STARTER
                    + " in the scope test, which the build does not name.");
        }
        return Report.done(text, new Document("id", id).append("files", files));
    }

    private static void requireFree(Path file) {
        if (Files.exists(file)) {
            throw new CommandException(
                    ExitCode.REFUSED, file + " is there already, and is not overwritten: choose another name.");
        }
    }
}

package dev.monarch.spring.boot.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.bson.Document;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.monarch.spring.boot.advice.ExitCode;

/** Generates a migration and its test. */
@Command(
        name = "generate",
        aliases = "create",
        description = "Generate a migration and its test in the project. Needs no database.",
        footer = {
            "  monarch generate unique-email", "      The class UniqueEmail. Its id begins with the current time.",
            "  monarch generate 'unique email' --package com.example.migrations", "      In that package."
        })
final class GenerateVerb extends Verb {

    private static final String TEST_STARTER = "dev.monarch:monarch-spring-boot-starter-test";

    @Parameters(paramLabel = "NAME", description = "What it does, in one or two words: unique-email.")
    private String typed;

    @Option(names = "--no-test", description = "Generate no test.")
    private boolean noTest;

    @Mixin
    private Project project;

    @Override
    Report run() {
        GeneratedName name = GeneratedName.of(typed, GeneratedName.Kind.MIGRATION);
        String packageName = project.packageFor(Project.MIGRATIONS);
        Path migration = project.mainSources(packageName).resolve(name.className() + ".java");
        Path test = project.testSources(packageName).resolve(name.className() + "Tests.java");
        String id = MigrationStamp.next(Instant.now(), project.mainSources(packageName)) + "-" + name.dashed();
        Map<String, String> values =
                Map.of("package", packageName, "class", name.className(), "id", id, "name", name.dashed());
        // Both texts are rendered and both files checked before either is written: all or nothing.
        String migrationText = Template.of("migration.java.template", project).with(values);
        String testText = Template.of("migration-test.java.template", project).with(values);
        boolean withTest = !noTest;
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
        if (withTest && !project.hasTestStarter()) {
            text.add("The test needs the dependency " + TEST_STARTER
                    + " with the scope test. The build does not declare it.");
        }
        return Report.done(text, new Document("id", id).append("files", files));
    }

    private static void requireFree(Path file) {
        if (Files.exists(file)) {
            throw new CommandException(ExitCode.REFUSED, file + " exists already. Choose another name.");
        }
    }
}

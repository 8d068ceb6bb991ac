package dev.monarch.spring.boot.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The modules of a build whose directory has no sources of its own.
 *
 * @param names their directories, relative to that of the build; empty if the directory is a module itself
 * @param root whether the directory is only the root of a build
 */
record BuildModules(List<String> names, boolean root) {

    private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->");

    private static final Pattern POM_PACKAGING = Pattern.compile("<packaging>\\s*pom\\s*</packaging>");

    private static final Pattern MODULE = Pattern.compile("<(?:module|subproject)>\\s*(.+?)\\s*</");

    private static final Pattern INCLUDE = Pattern.compile("(?m)^\\s*include\\b(.*)$");

    private static final Pattern QUOTED = Pattern.compile("[\"']:?([^\"']+)[\"']");

    /** {@return the modules of the build in a directory} */
    static BuildModules in(Path directory) {
        Path pom = directory.resolve("pom.xml");
        return Files.isRegularFile(pom) ? ofMaven(Project.read(pom)) : ofGradle(directory);
    }

    private static BuildModules ofMaven(String pom) {
        String text = COMMENT.matcher(pom).replaceAll("");
        boolean root = POM_PACKAGING.matcher(text).find();
        return new BuildModules(root ? matches(MODULE, text).toList() : List.of(), root);
    }

    /** The root of a Gradle build may be a module, too. It is one if it has sources. */
    private static BuildModules ofGradle(Path directory) {
        List<String> names = Stream.of("settings.gradle", "settings.gradle.kts")
                .map(directory::resolve)
                .filter(Files::isRegularFile)
                .flatMap(settings -> matches(INCLUDE, Project.read(settings)))
                .flatMap(projects -> matches(QUOTED, projects))
                .map(project -> project.replace(':', '/'))
                .toList();
        boolean root = !names.isEmpty() && !Files.isDirectory(directory.resolve("src"));
        return new BuildModules(root ? names : List.of(), root);
    }

    private static Stream<String> matches(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results().map(result -> result.group(1));
    }
}

package dev.monarch.spring.boot.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.monarch.spring.boot.advice.ExitCode;

/** A text with {@code ${names}} in it: Monarch's, or one that the project provides instead. */
final class Template {

    private static final String OF_THE_PROJECT = "src/main/monarch";

    private static final Pattern NAME = Pattern.compile("\\$\\{([A-Za-z]+)}");

    private final String origin;

    private final String text;

    private Template(String origin, String text) {
        this.origin = origin;
        this.text = text;
    }

    static Template of(String name, Project project) {
        Path own = project.directory().resolve(OF_THE_PROJECT).resolve(name);
        return Files.isRegularFile(own)
                ? new Template(own.toString(), Project.read(own))
                : new Template(name, resource(name));
    }

    static String resource(String name) {
        try (InputStream stream = Objects.requireNonNull(Template.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String with(Map<String, String> values) {
        return NAME.matcher(text).replaceAll(match -> {
            String value = values.get(match.group(1));
            if (value == null) {
                throw new CommandException(
                        ExitCode.FAILED,
                        "The template " + origin + " contains " + match.group() + ", but the only variables are "
                                + String.join(", ", new TreeSet<>(values.keySet())) + ".");
            }
            return Matcher.quoteReplacement(value);
        });
    }
}

package dev.monarch.spring.boot.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.monarch.spring.boot.advice.ExitCode;

/**
 * A file that maps the ids of another tool to those of migrations: a line {@code other-id: id} for each.
 *
 * <p>The last colon that ends the line, or that a blank follows, separates both. A line without an id ignores the entry.
 * Lines that begin with {@code #} are comments.
 */
final class MappingFile {

    private static final String SEPARATOR = ":(?=\\s|$)(?!.*:(?:\\s|$))";

    private MappingFile() {}

    static Map<String, String> read(Path file) {
        Map<String, String> ids = new LinkedHashMap<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = withoutMark(lines.get(i)).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] both = line.split(SEPARATOR, -1);
            if (both.length != 2 || both[0].isBlank()) {
                throw invalid(file, i, "is not 'OTHER-ID: ID'");
            }
            String former = ids.put(both[0].strip(), both[1].strip());
            if (former != null) {
                throw invalid(file, i, "maps '" + both[0].strip() + "' a second time");
            }
        }
        return ids;
    }

    /** Some editors of Windows write a byte order mark. */
    private static String withoutMark(String line) {
        return line.startsWith("\uFEFF") ? line.substring(1) : line;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.WRONG_USE, "The file of --mapping, '" + file + "', cannot be read as UTF-8 text.");
        }
    }

    private static CommandException invalid(Path file, int line, String problem) {
        return new CommandException(ExitCode.WRONG_USE, "Line " + (line + 1) + " of '" + file + "' " + problem + ".");
    }
}

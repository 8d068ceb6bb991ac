package dev.monarch.spring.boot.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import dev.monarch.spring.boot.advice.ExitCode;

/**
 * The name of a migration or a query set to generate, in its two spellings.
 *
 * @param dashed as in an id, {@code unique-email}
 * @param className as in Java, {@code UniqueEmail}
 */
record GeneratedName(String dashed, String className) {

    private static final int LONGEST = 80;

    /** What is generated. */
    enum Kind {
        MIGRATION("a migration", "unique-email", Set.of("Migration", "MigrationContext", "MongoMigration")),
        QUERY_SET("a query set", "awesome-dogs", Set.of("QuerySet", "QuerySetContext", "Component"));

        private final String words;

        private final String example;

        /** Names of types that the class uses, which its own name would hide. */
        private final Set<String> taken;

        Kind(String words, String example, Set<String> taken) {
            this.words = words;
            this.example = example;
            this.taken = taken;
        }
    }

    /**
     * Reads a name in any usual spelling: {@code UniqueEmail}, {@code unique-email}, {@code unique_email}, {@code "unique
     * email"}.
     */
    static GeneratedName of(String typed, Kind kind) {
        String name = typed.strip();
        require(!name.isEmpty(), typed, kind, "it is empty");
        require(
                name.matches("[A-Za-z0-9 _-]+"),
                typed,
                kind,
                "it may contain only letters from a to z, digits, dashes, underscores and spaces");
        require(
                Character.isLetter(name.charAt(0)),
                typed,
                kind,
                "it must start with a letter, because a class gets this name");
        require(name.length() <= LONGEST, typed, kind, "it is longer than " + LONGEST + " characters");
        List<String> words = Arrays.stream(name.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                        .replaceAll("([A-Z])([A-Z][a-z])", "$1-$2")
                        .split("[ _-]+"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        String className = words.stream()
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
        require(
                !kind.taken.contains(className) && !isOfJavaLang(className),
                typed,
                kind,
                "the class " + className + " exists already");
        return new GeneratedName(String.join("-", words), className);
    }

    private static boolean isOfJavaLang(String className) {
        try {
            Class.forName("java.lang." + className);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static void require(boolean right, String typed, Kind kind, String problem) {
        if (!right) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    "'" + typed + "' is not a valid name of " + kind.words + ": " + problem + ". For example, "
                            + kind.example + ".");
        }
    }
}

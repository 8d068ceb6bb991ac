package dev.monarch.spring.boot.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The name of a migration that is to be written, in its two spellings.
 *
 * @param dashed as in an id, {@code unique-email}
 * @param className as in Java, {@code UniqueEmail}
 */
record MigrationName(String dashed, String className) {

    private static final int LONGEST = 80;

    /** What the class would hide from itself. */
    private static final Set<String> TAKEN = Set.of("Migration", "MigrationContext", "MongoMigration");

    /**
     * Reads a name in any usual spelling: {@code UniqueEmail}, {@code unique-email}, {@code unique_email}, {@code "unique
     * email"}.
     */
    static MigrationName of(String typed) {
        String name = typed.strip();
        require(!name.isEmpty(), typed, "it is empty");
        require(
                name.matches("[A-Za-z0-9 _-]+"),
                typed,
                "it may have letters from a to z, digits, dashes, underscores and blanks");
        require(Character.isLetter(name.charAt(0)), typed, "it must begin with a letter, for it names a class");
        require(name.length() <= LONGEST, typed, "it is longer than " + LONGEST + " characters");
        List<String> words = Arrays.stream(name.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                        .replaceAll("([A-Z])([A-Z][a-z])", "$1-$2")
                        .split("[ _-]+"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        String className = words.stream()
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
        require(
                !TAKEN.contains(className) && !isOfJavaLang(className),
                typed,
                "there is a class " + className + " already");
        return new MigrationName(String.join("-", words), className);
    }

    private static boolean isOfJavaLang(String className) {
        try {
            Class.forName("java.lang." + className);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static void require(boolean right, String typed, String problem) {
        if (!right) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    "'" + typed + "' cannot be the name of a migration: " + problem + ". A good one is unique-email.");
        }
    }
}

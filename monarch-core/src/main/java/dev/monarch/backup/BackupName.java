package dev.monarch.backup;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a backup may be called: something that can be part of a file's name anywhere. For whoever writes a store. */
public final class BackupName {

    private static final int LONGEST = 180;

    private static final String FORBIDDEN = "/\\:*?\"<>|";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy_MM_dd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final Pattern TIME = Pattern.compile("__\\d{4}_\\d{2}_\\d{2}T\\d{6}Z(_\\d+)?$");

    private BackupName() {}

    /** Returns the name of a backup that is begun now: {@code production__2026_11_20T103005Z}. */
    static String of(String what, Instant now) {
        return what + "__" + STAMP.format(now);
    }

    /** Returns what precedes the time in a name, or all of a name without a time. */
    static String withoutTime(String name) {
        return TIME.matcher(name).replaceFirst("");
    }

    /**
     * Looks whether a name can be that of a backup.
     *
     * @param name the name
     * @return what stands against it, as a clause after "it", or nothing
     */
    public static Optional<String> problem(String name) {
        if (name.isBlank()) {
            return Optional.of("is blank");
        }
        if (name.startsWith(".")) {
            return Optional.of("begins with a dot");
        }
        if (name.endsWith(".") || name.startsWith(" ") || name.endsWith(" ")) {
            return Optional.of("ends with a dot, or begins or ends with a space");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("has a control character in it");
        }
        if (name.chars().anyMatch(letter -> FORBIDDEN.indexOf(letter) >= 0)) {
            return Optional.of("has one of the characters " + FORBIDDEN + " in it");
        }
        return name.getBytes(StandardCharsets.UTF_8).length > LONGEST
                ? Optional.of("is longer than " + LONGEST + " bytes")
                : Optional.empty();
    }
}

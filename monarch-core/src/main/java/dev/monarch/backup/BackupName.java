package dev.monarch.backup;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** Rules for names of backups, which must be valid in file names on all systems. */
final class BackupName {

    private static final int MAX_BYTES = 180;

    private static final String FORBIDDEN = "/\\:*?\"<>|";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy_MM_dd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final Pattern TIME = Pattern.compile("__\\d{4}_\\d{2}_\\d{2}T\\d{6}Z(_\\d+)?$");

    private BackupName() {}

    /** {@return the name of a backup that starts now: {@code production__2026_11_20T103005Z}} */
    static String of(String what, Instant now) {
        return what + "__" + STAMP.format(now);
    }

    /** {@return the part of a name before the time, or the whole name if it has no time} */
    static String withoutTime(String name) {
        return TIME.matcher(name).replaceFirst("");
    }

    /**
     * Validates the name of a backup.
     *
     * @param name the name
     * @return why it is invalid, as a clause after "it"; empty if it is valid
     */
    static Optional<String> problem(String name) {
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
            return Optional.of("contains a control character");
        }
        if (name.chars().anyMatch(letter -> FORBIDDEN.indexOf(letter) >= 0)) {
            return Optional.of("contains one of the characters " + FORBIDDEN);
        }
        return name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES
                ? Optional.of("is longer than " + MAX_BYTES + " bytes")
                : Optional.empty();
    }
}

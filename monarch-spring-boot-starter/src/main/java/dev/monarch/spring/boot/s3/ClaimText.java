package dev.monarch.spring.boot.s3;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What an object {@code .busy/NAME} says.
 *
 * <pre>{@code
 * WORK TOKEN EXTENSION      // one line
 * }</pre>
 *
 * @param work what its owner is at
 * @param token tells the owner from all others
 * @param extension how the name of the data ends
 */
record ClaimText(Work work, String token, String extension) {

    private static final Pattern LINE =
            Pattern.compile("(LOOKING|WRITING|DELETING) (\\S{1,100}) ((?:\\.[A-Za-z0-9]{1,100}){1,9})");

    private static final int LONGEST = 1_500;

    /** What somebody is at. */
    enum Work {
        /** Whether the name is free; nothing was touched. */
        LOOKING,
        /** Its data, and then its manifest. */
        WRITING,
        /** Its manifest, and then its data. */
        DELETING
    }

    /** Reads one; null if it is somebody else's text. */
    static @Nullable ClaimText of(byte[] bytes) {
        if (bytes.length > LONGEST) {
            return null;
        }
        Matcher line = LINE.matcher(new String(bytes, StandardCharsets.UTF_8));
        return line.matches() ? new ClaimText(Work.valueOf(line.group(1)), line.group(2), line.group(3)) : null;
    }

    ClaimText at(Work now) {
        return new ClaimText(now, token, extension);
    }

    boolean isOf(ClaimText other) {
        return token.equals(other.token);
    }

    byte[] bytes() {
        return (work + " " + token + " " + extension).getBytes(StandardCharsets.UTF_8);
    }
}

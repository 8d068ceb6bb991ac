package dev.monarch.spring.boot.s3;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The content of an object {@code .busy/NAME}.
 *
 * <pre>{@code
 * WORK TOKEN EXTENSION      // one line
 * }</pre>
 *
 * @param work what the owner does
 * @param token identifies the owner
 * @param extension the extension of the data's name
 */
record ClaimText(Work work, String token, String extension) {

    private static final Pattern LINE =
            Pattern.compile("(LOOKING|WRITING|DELETING) (\\S{1,100}) ((?:\\.[A-Za-z0-9]{1,100}){1,9})");

    private static final int MAX_LENGTH = 1_500;

    /** What the owner does. */
    enum Work {
        /** It checks whether the name is free, and has touched nothing. */
        LOOKING,
        /** It writes the data, and then the manifest. */
        WRITING,
        /** It deletes the manifest, and then the data. */
        DELETING
    }

    /** Reads the content. Returns null if Monarch did not write it. */
    static @Nullable ClaimText of(byte[] bytes) {
        if (bytes.length > MAX_LENGTH) {
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

package dev.monarch.backup;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

import dev.monarch.engine.Sha256;

/** A JSON object whose last field is the SHA-256 of all bytes before it. */
final class ChecksummedJson {

    private static final byte[] BEFORE = ", \"checksum\": \"".getBytes(StandardCharsets.UTF_8);

    private static final byte[] AFTER = "\"}\n".getBytes(StandardCharsets.UTF_8);

    private static final int DIGITS = 64;

    private ChecksummedJson() {}

    /** Adds the checksum to an object that has at least one field. */
    static byte[] seal(byte[] object) {
        int length = object.length - 1;
        byte[] sealed = Arrays.copyOf(object, length + tailLength());
        System.arraycopy(tail(object, length), 0, sealed, length, tailLength());
        return sealed;
    }

    /**
     * Verifies and removes the checksum.
     *
     * @throws IllegalArgumentException if the checksum is wrong or missing
     */
    static byte[] open(byte[] sealed) {
        int length = sealed.length - tailLength();
        if (length < 1) {
            throw new IllegalArgumentException("it is cut off");
        }
        if (!Arrays.equals(sealed, length, sealed.length, tail(sealed, length), 0, tailLength())) {
            throw new IllegalArgumentException("its checksum is wrong: it was changed, or is cut off");
        }
        byte[] object = Arrays.copyOf(sealed, length + 1);
        object[length] = '}';
        return object;
    }

    private static byte[] tail(byte[] bytes, int length) {
        byte[] tail = new byte[tailLength()];
        byte[] checksum = sha256(bytes, length).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(BEFORE, 0, tail, 0, BEFORE.length);
        System.arraycopy(checksum, 0, tail, BEFORE.length, DIGITS);
        System.arraycopy(AFTER, 0, tail, BEFORE.length + DIGITS, AFTER.length);
        return tail;
    }

    private static int tailLength() {
        return BEFORE.length + DIGITS + AFTER.length;
    }

    private static String sha256(byte[] bytes, int length) {
        MessageDigest digest = Sha256.begin();
        digest.update(bytes, 0, length);
        return HexFormat.of().formatHex(digest.digest());
    }
}

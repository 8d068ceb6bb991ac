package dev.monarch.engine.dump;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * A header in a tar file: 512 bytes, of version 7, ustar, pax or GNU.
 *
 * @param name the path
 * @param size the length of the content in bytes; negative if the field is invalid
 * @param type the type of the entry
 * @see <a href="https://www.gnu.org/software/tar/manual/html_node/Standard.html">the format</a>
 */
record TarHeader(String name, long size, char type) {

    static final int LENGTH = 512;

    private static final int NAME_LENGTH = 100;

    private static final int SIZE_AT = 124;

    private static final int NUMBER_LENGTH = 12;

    private static final int CHECKSUM_AT = 148;

    private static final int CHECKSUM_LENGTH = 8;

    private static final int TYPE_AT = 156;

    private static final int MAGIC_AT = 257;

    private static final int PREFIX_AT = 345;

    private static final int PREFIX_LENGTH = 155;

    private static final int BASE_256 = 0x80;

    /** {@return the header; null if its checksum does not match, so that these bytes are not a header} */
    static @Nullable TarHeader of(byte[] block) {
        if (block.length < LENGTH || !hasChecksum(block)) {
            return null;
        }
        String name = text(block, 0, NAME_LENGTH);
        boolean isPosix = text(block, MAGIC_AT, 6).equals("ustar") && block[MAGIC_AT + 5] == 0;
        String prefix = isPosix ? text(block, PREFIX_AT, PREFIX_LENGTH) : "";
        return new TarHeader(
                prefix.isEmpty() ? name : prefix + "/" + name,
                number(block, SIZE_AT, NUMBER_LENGTH),
                block[TYPE_AT] == 0 ? '0' : (char) (block[TYPE_AT] & 0xFF));
    }

    static boolean isZero(byte[] block) {
        for (byte each : block) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    /** Some old programs added the bytes as signed numbers. */
    private static boolean hasChecksum(byte[] block) {
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < LENGTH; i++) {
            byte each = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_LENGTH ? (byte) ' ' : block[i];
            unsigned += each & 0xFF;
            signed += each;
        }
        long expected = number(block, CHECKSUM_AT, CHECKSUM_LENGTH);
        return expected == unsigned || expected == signed;
    }

    private static String text(byte[] block, int at, int length) {
        int end = at;
        while (end < at + length && block[end] != 0) {
            end++;
        }
        return new String(block, at, end - at, StandardCharsets.UTF_8);
    }

    /** A number is octal, or big-endian after a set highest bit if it is too large. */
    private static long number(byte[] block, int at, int length) {
        if ((block[at] & BASE_256) != 0) {
            long value = 0;
            for (int i = at + length - Long.BYTES; i < at + length; i++) {
                value = value << 8 | block[i] & 0xFF;
            }
            return block[at] == (byte) BASE_256 ? value : -1;
        }
        String digits = text(block, at, length).strip();
        if (digits.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}

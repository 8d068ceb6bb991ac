package dev.monarch.engine.archive;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

/** SHA-256 of the documents of fixtures. Tests read the same documents again and again, and it is slow without the second compiler. */
final class FixtureDigest {

    private static final Map<Content, byte[]> KNOWN = new ConcurrentHashMap<>();

    private FixtureDigest() {}

    /** Returns the digest, which must not be changed. */
    static byte[] of(byte[] bytes, int at, int length) {
        return KNOWN.computeIfAbsent(Content.of(Arrays.copyOfRange(bytes, at, at + length)), FixtureDigest::computed);
    }

    private static byte[] computed(Content content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content.bytes());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Bytes that are compared. The first compiler has instructions for their CRC-32. */
    private record Content(byte[] bytes, long crc) {

        static Content of(byte[] bytes) {
            CRC32 crc = new CRC32();
            crc.update(bytes);
            return new Content(bytes, crc.getValue());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Content content && Arrays.equals(bytes, content.bytes);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(crc);
        }
    }
}

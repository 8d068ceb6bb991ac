package dev.monarch.engine.dump;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Locale;

import dev.monarch.DamagedArchiveException;
import dev.monarch.engine.archive.Decompressor;
import dev.monarch.engine.archive.ForeignFormat;

/**
 * A file in a container.
 *
 * @param path its path in the container, with {@code /} between the names
 * @param opening opens its stored bytes
 * @param expansion limits its decompressed size
 */
record ContainedFile(String path, Opening opening, Expansion expansion) {

    private static final int BUFFER = 64 * 1024;

    private static final int APPLE_DOUBLE = 0x00051607;

    private static final int GZIP = 0x1F8B;

    /** Opens the stored bytes of a file. */
    @FunctionalInterface
    interface Opening {
        InputStream open() throws IOException;
    }

    /** {@return the last name of the path} */
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** {@return the names of the directories, or an empty string} */
    String directory() {
        return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    }

    /**
     * Opens the content, decompressed. Whether it is compressed is detected by its content, since mongodump gives a
     * compressed oplog no extension. The length of a BSON document can look like gzip; then the extension decides.
     */
    InputStream content() throws IOException {
        BufferedInputStream stream = new BufferedInputStream(opening.open(), BUFFER);
        try {
            byte[] first = beginning(stream);
            boolean namedGzip = path.toLowerCase(Locale.ROOT).endsWith(".gz")
                    && first.length > 1
                    && ((first[0] & 0xFF) << 8 | first[1] & 0xFF) == GZIP;
            if (first.length == 0 && isNamedCompressed()) {
                throw DamagedArchiveException.inFile(path, 0, "it is empty, but compressed files are not", null);
            }
            if (!namedGzip && ForeignFormat.isBson(first)) {
                return stream;
            }
            InputStream content = Decompressor.decompress(stream);
            return isCompressed(first) ? expansion.counting(content) : content;
        } catch (IOException | RuntimeException e) {
            try (stream) {
                throw e;
            }
        }
    }

    private boolean isNamedCompressed() {
        String lower = path.toLowerCase(Locale.ROOT);
        return lower.endsWith(".gz") || lower.endsWith(".zst");
    }

    private static boolean isCompressed(byte[] first) {
        return first.length > 1 && (((first[0] & 0xFF) << 8 | first[1] & 0xFF) == GZIP || first[0] == 0x28)
                || first.length > 3 && first[1] == 0x2A && first[2] == 0x4D && first[3] == 0x18;
    }

    /** {@return whether it holds attributes that macOS stores next to a file, under the same name after {@code ._}} */
    boolean isAppleDouble() throws IOException {
        if (!name().startsWith("._")) {
            return false;
        }
        try (InputStream stream = opening.open()) {
            byte[] first = stream.readNBytes(Integer.BYTES);
            return first.length == Integer.BYTES && ByteBuffer.wrap(first).getInt() == APPLE_DOUBLE;
        }
    }

    private static byte[] beginning(BufferedInputStream stream) throws IOException {
        stream.mark(Long.BYTES);
        byte[] first = stream.readNBytes(Long.BYTES);
        stream.reset();
        return first;
    }
}

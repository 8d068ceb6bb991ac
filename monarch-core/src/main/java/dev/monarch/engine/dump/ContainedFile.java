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
 * @param name what its name says about its content
 * @param opening opens its stored bytes
 * @param expansion limits its decompressed size
 */
record ContainedFile(String path, DumpFileName name, Opening opening, Expansion expansion) {

    private static final int BUFFER = 64 * 1024;

    /** Enough to detect any content. */
    private static final int BEGINNING = 16;

    private static final int APPLE_DOUBLE = 0x00051607;

    private static final int GZIP = 0x1F8B;

    ContainedFile(String path, Opening opening, Expansion expansion) {
        this(path, DumpFileName.of(lastName(path)), opening, expansion);
    }

    /** Opens the stored bytes of a file. */
    @FunctionalInterface
    interface Opening {
        InputStream open() throws IOException;
    }

    static String lastName(String path) {
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
            if (first.length == 0 && isNamedCompressed()) {
                throw DamagedArchiveException.inFile(path, 0, "it is empty, but compressed files are not", null);
            }
            boolean namedGzip = path.toLowerCase(Locale.ROOT).endsWith(".gz")
                    && first.length > 1
                    && ((first[0] & 0xFF) << 8 | first[1] & 0xFF) == GZIP;
            return namedGzip || Decompressor.isCompressed(first)
                    ? expansion.counting(Decompressor.decompress(stream))
                    : stream;
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

    /** {@return whether it holds attributes that macOS stores next to a file, under the same name after {@code ._}} */
    boolean isAppleDouble() throws IOException {
        if (!lastName(path).startsWith("._")) {
            return false;
        }
        byte[] first = stored();
        return first.length >= Integer.BYTES && ByteBuffer.wrap(first).getInt() == APPLE_DOUBLE;
    }

    /** {@return whether it begins like the documents of a collection} */
    boolean beginsLikeDocuments() throws IOException {
        return ForeignFormat.isBson(stored());
    }

    /** Returns the first stored bytes. A tar file has each file only once, so its stream is reset. */
    private byte[] stored() throws IOException {
        try (InputStream stream = opening.open()) {
            boolean isReset = stream.markSupported();
            if (isReset) {
                stream.mark(BEGINNING);
            }
            byte[] first = stream.readNBytes(BEGINNING);
            if (isReset) {
                stream.reset();
            }
            return first;
        }
    }

    private static byte[] beginning(BufferedInputStream stream) throws IOException {
        stream.mark(BEGINNING);
        byte[] first = stream.readNBytes(BEGINNING);
        stream.reset();
        return first;
    }
}

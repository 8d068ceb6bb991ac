package dev.monarch.archive;

import dev.monarch.engine.archive.ZstdLibrary;

/**
 * The compression of an archive. It consists of frames that can be decompressed separately.
 *
 * <p>Concatenated, the frames are one ordinary stream: {@code zstd -dc} and {@code gzip -dc} restore the archive.
 */
public enum Compression {

    /**
     * Zstandard (RFC 8878), level 6 with a reduced search, each frame with a checksum. Requires the optional {@code
     * zstd-jni}.
     */
    ZSTD(".archive.zst"),

    /** Gzip, level 6, in independent members (RFC 1952); mongorestore reads it with {@code --gzip}. */
    GZIP(".archive.gz"),

    /** No compression. */
    NONE(".archive");

    private final String extension;

    Compression(String extension) {
        this.extension = extension;
    }

    /**
     * Returns the extension of files with this compression.
     *
     * @return the extension, with its dot
     */
    public String extension() {
        return extension;
    }

    /**
     * Tells whether this compression is available.
     *
     * @return false for {@link #ZSTD} if its library is absent or cannot load its native library
     */
    public boolean isAvailable() {
        return this != ZSTD || ZstdLibrary.missing() == null;
    }

    /**
     * Returns the best available compression.
     *
     * @return {@link #ZSTD} if it is available, else {@link #GZIP}
     */
    public static Compression best() {
        return ZSTD.isAvailable() ? ZSTD : GZIP;
    }
}

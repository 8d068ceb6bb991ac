package dev.monarch.archive;

import dev.monarch.engine.archive.ZstdLibrary;

/**
 * How the bytes of an archive are compressed, in frames that can be decompressed by themselves.
 *
 * <p>Concatenated, the frames are one ordinary stream: {@code zstd -dc} and {@code gzip -dc} restore the archive.
 */
public enum Compression {

    /** Zstandard, level 6 with half its search, each frame with a checksum (RFC 8878); needs the optional {@code zstd-jni}. */
    ZSTD(".archive.zst"),

    /** Gzip, level 6, in independent members (RFC 1952); mongorestore reads it with {@code --gzip}. */
    GZIP(".archive.gz"),

    /** As it is. */
    NONE(".archive");

    private final String extension;

    Compression(String extension) {
        this.extension = extension;
    }

    /**
     * Returns how the name of a file ends that is compressed so.
     *
     * @return the extension, with its dot
     */
    public String extension() {
        return extension;
    }

    /**
     * Tells whether it can be used here.
     *
     * @return false for {@link #ZSTD} where its library is not there, or cannot load its native part
     */
    public boolean isAvailable() {
        return this != ZSTD || ZstdLibrary.missing() == null;
    }

    /**
     * Returns the best one that can be used here.
     *
     * @return {@link #ZSTD} if it is available, else {@link #GZIP}
     */
    public static Compression best() {
        return ZSTD.isAvailable() ? ZSTD : GZIP;
    }
}

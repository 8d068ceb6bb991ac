package dev.monarch.archive;

import java.util.function.Supplier;

/**
 * How the bytes of an archive are compressed, in frames that can be decompressed by themselves.
 *
 * <p>Concatenated, the frames are one ordinary stream: {@code zstd -dc} and {@code gzip -dc} restore the archive.
 */
public enum Compression {

    /** Zstandard, level 6 with half its search, each frame with a checksum (RFC 8878); needs the optional {@code zstd-jni}. */
    ZSTD(".archive.zst", ZstdFrames::new),

    /** Gzip, level 6, in independent members (RFC 1952); mongorestore reads it with {@code --gzip}. */
    GZIP(".archive.gz", GzipFrames::new),

    /** As it is. */
    NONE(".archive", PlainFrames::new);

    private final String extension;

    private final Supplier<FrameCompressor> compressors;

    Compression(String extension, Supplier<FrameCompressor> compressors) {
        this.extension = extension;
        this.compressors = compressors;
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
     * Makes a compressor for one thread.
     *
     * @throws IllegalStateException if it cannot be used here
     */
    FrameCompressor compressor() {
        if (!isAvailable()) {
            throw new IllegalStateException("There is no zstd here: " + ZstdLibrary.missing());
        }
        return compressors.get();
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

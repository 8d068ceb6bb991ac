package dev.monarch;

import org.jspecify.annotations.Nullable;

/** Thrown if an archive or another dump is truncated, changed, or not a dump. */
public final class DamagedArchiveException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String namespace;

    private final @Nullable String file;

    private final long offset;

    private final String problem;

    /**
     * Creates the exception.
     *
     * @param namespace the collection, or null if there is none
     * @param offset the offset of the damage, in bytes of the decompressed archive
     * @param problem what is wrong, as a clause without a full stop
     * @param cause the exception that revealed it; null if there is none
     */
    public DamagedArchiveException(@Nullable String namespace, long offset, String problem, @Nullable Throwable cause) {
        this(null, namespace, offset, problem, cause);
    }

    private DamagedArchiveException(
            @Nullable String file, @Nullable String namespace, long offset, String problem, @Nullable Throwable cause) {
        super(
                Reason.DAMAGED_ARCHIVE,
                (file != null ? "'" + file + "'" : "The archive") + " is damaged at byte " + offset
                        + (namespace != null ? ", in collection '" + namespace + "'" : "") + ": " + problem + ".",
                cause);
        this.file = file;
        this.namespace = namespace;
        this.offset = offset;
        this.problem = problem;
    }

    /**
     * Creates the exception for a file of a dump.
     *
     * @param file the path of the file in the dump
     * @param offset the offset of the damage in the file, in bytes; in bytes of its content if it is compressed
     * @param problem what is wrong, as a clause without a full stop
     * @param cause the exception that revealed it; null if there is none
     * @return the exception
     */
    public static DamagedArchiveException inFile(String file, long offset, String problem, @Nullable Throwable cause) {
        return new DamagedArchiveException(file, null, offset, problem, cause);
    }

    /**
     * Adds the file with the damage.
     *
     * @param path the path of the file in the dump
     * @return the same exception with the file
     */
    public DamagedArchiveException in(String path) {
        return new DamagedArchiveException(path, namespace, offset, problem, getCause());
    }

    /**
     * Returns the file with the damage.
     *
     * @return its path in the dump, or null for an archive, which is one file
     */
    public @Nullable String file() {
        return file;
    }

    /**
     * Returns the collection.
     *
     * @return its full name, or null if there is none
     */
    public @Nullable String namespace() {
        return namespace;
    }

    /**
     * Returns the offset of the damage.
     *
     * @return the offset in bytes of the decompressed archive or file
     */
    public long offset() {
        return offset;
    }

    /**
     * Returns what is wrong.
     *
     * @return a clause without a full stop
     */
    public String problem() {
        return problem;
    }
}

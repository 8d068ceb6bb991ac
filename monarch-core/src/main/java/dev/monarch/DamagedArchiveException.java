package dev.monarch;

import org.jspecify.annotations.Nullable;

/** Thrown when an archive is not what it should be: cut off, changed, or no archive at all. */
public final class DamagedArchiveException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String namespace;

    private final long offset;

    private final String problem;

    /**
     * Creates the exception.
     *
     * @param namespace the collection it was about, or null if none
     * @param offset where, in bytes of the archive once it is decompressed
     * @param problem what is wrong, as a clause without a full stop
     * @param cause what noticed it, or null if we did
     */
    public DamagedArchiveException(@Nullable String namespace, long offset, String problem, @Nullable Throwable cause) {
        super(
                Reason.DAMAGED_ARCHIVE,
                "The archive is damaged at byte " + offset
                        + (namespace != null ? ", in collection '" + namespace + "'" : "") + ": " + problem + ".",
                cause);
        this.namespace = namespace;
        this.offset = offset;
        this.problem = problem;
    }

    /**
     * Returns the collection it was about.
     *
     * @return its full name, or null if it was about none
     */
    public @Nullable String namespace() {
        return namespace;
    }

    /**
     * Returns where the damage was noticed.
     *
     * @return the offset in bytes of the archive once it is decompressed
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

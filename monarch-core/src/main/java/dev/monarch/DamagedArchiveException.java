package dev.monarch;

import org.jspecify.annotations.Nullable;

/** Thrown if an archive is truncated, changed, or not an archive. */
public final class DamagedArchiveException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String namespace;

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
     * @return the offset in bytes of the decompressed archive
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

package dev.monarch.engine.archive;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;

/** Refuses an archive that may be intact, but that Monarch cannot read. */
public final class UnsupportedArchive {

    /** No other operation has this name. */
    private static final String OPERATION = "read";

    private static final String UNNAMED = "the archive";

    private UnsupportedArchive() {}

    /**
     * Creates the exception. Readers do not know the name of what they read: {@link #named} adds it.
     *
     * @param reason the reason
     * @param problem its details, as a clause without a full stop
     * @return the exception
     */
    public static OperationRefusedException toRead(Reason reason, String problem) {
        return new OperationRefusedException(OPERATION, UNNAMED, reason, problem);
    }

    /**
     * Names what was refused.
     *
     * @param refusal the refusal
     * @param title the name of the file or backup
     * @return the refusal with the name; the same one if something else was refused
     */
    public static OperationRefusedException named(OperationRefusedException refusal, String title) {
        return isCauseOf(refusal) ? new OperationRefusedException(OPERATION, title, refusal.facts()) : refusal;
    }

    /**
     * Tells whether an archive was refused. The header of a damaged archive can look like that of an unsupported one, so
     * compare the stored data with the manifest before you report such a refusal.
     *
     * @param refusal the refusal
     * @return false if something else was refused, for example the target of a restore
     */
    public static boolean isCauseOf(OperationRefusedException refusal) {
        return refusal.operation().equals(OPERATION);
    }

    /**
     * Describes the refusal of an archive that is damaged.
     *
     * @param refusal the refusal
     * @return that the archive cannot be read, and why, as a clause
     */
    public static String unreadable(OperationRefusedException refusal) {
        return "it cannot be read: " + refusal.problem();
    }
}

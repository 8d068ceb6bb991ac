package dev.monarch.engine.archive;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;

/** Refuses an archive that may be whole and cannot be used here. */
final class UnsupportedArchive {

    private UnsupportedArchive() {}

    /**
     * Creates the exception.
     *
     * @param reason why
     * @param problem the same with its details, as a clause without a full stop
     */
    static OperationRefusedException toRead(Reason reason, String problem) {
        return new OperationRefusedException("read", "the archive", reason, problem);
    }
}

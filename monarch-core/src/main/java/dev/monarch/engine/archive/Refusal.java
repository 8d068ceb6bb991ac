package dev.monarch.engine.archive;

import dev.monarch.OperationRefusedException;

/** What is said of an archive that may be whole and cannot be used here. */
final class Refusal {

    private Refusal() {}

    /**
     * Creates the exception.
     *
     * @param reason why not, as a clause without a full stop
     * @param nextStep what the caller can do, as a sentence
     */
    static OperationRefusedException toRead(String reason, String nextStep) {
        return new OperationRefusedException("read", "the archive", reason, nextStep);
    }
}

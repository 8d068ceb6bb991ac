package dev.monarch.backup.schedule;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a run.
 *
 * @param isInterrupted whether it was stopped before the backup was complete
 * @param text a description of the outcome
 * @param missed why there is no backup; null if there is one, or if the run was interrupted
 */
record RunOutcome(
        boolean isInterrupted, String text, @Nullable RuntimeException missed) {

    static final RunOutcome INTERRUPTED = new RunOutcome(true, "interrupted", null);

    static RunOutcome ended(String text) {
        return new RunOutcome(false, text, null);
    }

    static RunOutcome missed(String text, RuntimeException failure) {
        return new RunOutcome(false, text, failure);
    }
}

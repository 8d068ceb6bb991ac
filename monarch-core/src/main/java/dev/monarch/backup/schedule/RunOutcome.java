package dev.monarch.backup.schedule;

/**
 * The outcome of a run.
 *
 * @param isInterrupted whether it was stopped before the backup was complete
 * @param text a description of the outcome
 */
record RunOutcome(boolean isInterrupted, String text) {

    static final RunOutcome INTERRUPTED = new RunOutcome(true, "interrupted");

    static RunOutcome ended(String text) {
        return new RunOutcome(false, text);
    }
}

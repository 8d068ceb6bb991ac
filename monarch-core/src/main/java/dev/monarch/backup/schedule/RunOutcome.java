package dev.monarch.backup.schedule;

/**
 * How a run ended.
 *
 * @param isInterrupted whether it was stopped before there was a backup
 * @param text what became of it, for people to read
 */
record RunOutcome(boolean isInterrupted, String text) {

    static final RunOutcome INTERRUPTED = new RunOutcome(true, "interrupted");

    static RunOutcome ended(String text) {
        return new RunOutcome(false, text);
    }
}

package dev.monarch.backup.schedule;

import org.jspecify.annotations.Nullable;

import dev.monarch.OperationInterruptedException;
import dev.monarch.backup.BackupReport;
import dev.monarch.environment.EnvironmentRegistry.Operation;
import dev.monarch.environment.EnvironmentRegistry.OperationEvent;

/**
 * The outcome of a run.
 *
 * @param text a description of the outcome
 * @param taken the backup; null if there is none
 * @param failure why the run did not succeed; null if it did
 */
record RunOutcome(
        String text, @Nullable BackupReport taken, @Nullable RuntimeException failure) {

    static RunOutcome taken(BackupReport report) {
        return new RunOutcome("taken: " + report.name(), report, null);
    }

    static RunOutcome missed(String text, RuntimeException failure) {
        return new RunOutcome(text, null, failure);
    }

    /** {@return whether it was stopped before the backup was complete} */
    boolean isInterrupted() {
        return taken == null && failure instanceof OperationInterruptedException;
    }

    /** Returns why there is no backup; null if there is one, or if the run was interrupted. */
    @Nullable
    RuntimeException missed() {
        return taken != null || isInterrupted() ? null : failure;
    }

    OperationEvent event(Operation operation) {
        if (failure != null) {
            return new OperationEvent.Failed(operation, failure);
        }
        return new OperationEvent.Succeeded(operation, taken != null ? taken : text);
    }
}

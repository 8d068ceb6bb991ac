package dev.monarch.engine.migration;

import java.util.List;
import java.util.Optional;

import dev.monarch.engine.history.FencedHistory;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.environment.MonarchEnvironment;

/**
 * The resources of a run while it holds the lock.
 *
 * @param environment the environment it works on
 * @param lock the lock it holds
 * @param session the server session in which it works
 * @param history the history that it may write
 * @param entries the history's entries when the lock was acquired
 * @param work lets another thread interrupt the run
 */
record LockedRun(
        MonarchEnvironment environment,
        HeldLock lock,
        RunSession session,
        FencedHistory history,
        List<HistoryEntry> entries,
        InterruptibleWork work) {

    /** Returns the entry of one migration when the lock was acquired. */
    Optional<HistoryEntry> entry(String id) {
        return entries.stream().filter(entry -> entry.id().equals(id)).findFirst();
    }

    /**
     * Throws if the lock is lost, or the run was stopped.
     *
     * @param operation what the run does
     */
    void requireNotStopped(String operation) {
        lock.ensureHeld();
        work.requireNotStopped(operation, environment.name());
    }
}

package dev.monarch.migration;

import java.util.List;
import java.util.Optional;

import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.lock.HeldLock;
import dev.monarch.migration.history.FencedHistory;
import dev.monarch.migration.history.HistoryEntry;

/**
 * What a run has in hand while it holds the lock.
 *
 * @param environment the environment it works on
 * @param lock the lock it holds
 * @param session the server session it works in
 * @param history the history it may write
 * @param entries what the history said when the lock was acquired
 * @param work where another thread can interrupt it
 */
record LockedRun(
        MonarchEnvironment environment,
        HeldLock lock,
        RunSession session,
        FencedHistory history,
        List<HistoryEntry> entries,
        InterruptibleWork work) {

    /** Returns what the history said of one migration when the lock was acquired. */
    Optional<HistoryEntry> entry(String id) {
        return entries.stream().filter(entry -> entry.id().equals(id)).findFirst();
    }
}

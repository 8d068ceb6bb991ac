package dev.monarch.engine.backfill;

import dev.monarch.backfill.BackfillSet.RegisteredBackfill;
import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.backfill.DocumentBackfill;
import dev.monarch.engine.environment.Deployment;
import dev.monarch.engine.history.BackfillHistory;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.original.KeptOriginals;
import dev.monarch.environment.MonarchEnvironment;

/**
 * What the run of one backfill uses.
 *
 * @param environment the environment it works on
 * @param registered the backfill
 * @param settings how it runs
 * @param lock its lock, which is held
 * @param deployment the capabilities of the server
 * @param stop asks it to stop
 */
record RunScope(
        MonarchEnvironment environment,
        RegisteredBackfill registered,
        BackfillSettings settings,
        HeldLock lock,
        Deployment deployment,
        StopSignal stop) {

    /** Returns whether the server supports bounds of an index. */
    boolean hasBounds() {
        return deployment.sessions();
    }

    /** Returns whether the server has {@code $unsetField}: MongoDB 5.0 and later. */
    boolean hasPipelines() {
        return deployment.snapshots();
    }

    String id() {
        return registered.id();
    }

    DocumentBackfill backfill() {
        return registered.backfill();
    }

    Rate rate() {
        return settings.rate();
    }

    int setAsideLimit() {
        return settings.setAsideLimit();
    }

    BackfillRecords records() {
        return new BackfillRecords(environment, settings.scope());
    }

    BackfillHistory history() {
        return new BackfillHistory(environment, settings.historyCollection(), settings.scope());
    }

    SetAside setAside() {
        return new SetAside(environment, settings.scope(), id());
    }

    KeptOriginals originals() {
        return new KeptOriginals(environment, settings.scope());
    }

    BackfillThrottle throttle() {
        return new BackfillThrottle(environment, settings.backOff(), stop);
    }
}

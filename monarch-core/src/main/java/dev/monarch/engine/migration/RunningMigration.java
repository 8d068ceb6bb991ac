package dev.monarch.engine.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The runs that are active in this process, and how to stop them. Safe for use by several threads. */
public final class RunningMigration {

    private final List<Runnable> stops = new ArrayList<>();

    /** Does some work. Until it ends, {@link #stopAll} calls {@code stop}. */
    <R> R run(Supplier<R> work, Runnable stop) {
        synchronized (this) {
            stops.add(stop);
        }
        try {
            return work.get();
        } finally {
            synchronized (this) {
                stops.remove(stop);
            }
        }
    }

    /** Stops all active runs. Does not wait for their end. */
    public void stopAll() {
        List<Runnable> active;
        synchronized (this) {
            active = List.copyOf(stops);
        }
        active.forEach(Runnable::run);
    }

    public synchronized boolean isActive() {
        return !stops.isEmpty();
    }
}

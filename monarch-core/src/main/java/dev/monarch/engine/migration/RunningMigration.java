package dev.monarch.engine.migration;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The migration that is running in this process, and how to stop it. */
public final class RunningMigration {

    private final Set<Runnable> stops = ConcurrentHashMap.newKeySet();

    /** Runs some work. Until it ends, {@link #stopAll} calls {@code stop}. */
    <R> R run(Supplier<R> work, Runnable stop) {
        stops.add(stop);
        try {
            return work.get();
        } finally {
            stops.remove(stop);
        }
    }

    public void stopAll() {
        stops.forEach(Runnable::run);
    }
}

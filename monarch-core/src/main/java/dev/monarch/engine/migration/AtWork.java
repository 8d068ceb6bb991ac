package dev.monarch.engine.migration;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What is at work in this process right now, and how to stop it. */
public final class AtWork {

    private final Set<Runnable> stops = ConcurrentHashMap.newKeySet();

    /** Does some work, which {@link #stopAll} stops in the way given. */
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

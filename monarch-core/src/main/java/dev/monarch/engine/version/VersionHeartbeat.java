package dev.monarch.engine.version;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.mongodb.MongoException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.Fact;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.engine.environment.ProcessName;
import dev.monarch.engine.version.VersionRecords.Contraction;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Shows that this process exists, with the versions that it knows, and reads which versions are contracted. If the server does not
 * answer, it tries again: until then, documents keep what older instances need.
 */
public final class VersionHeartbeat implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(VersionHeartbeat.class);

    private final MonarchEnvironment environment;

    private final VersionedCollections collections;

    private final Duration interval;

    private @Nullable ScheduledExecutorService thread;

    /**
     * Prepares the heartbeat.
     *
     * @param environment the application's own environment
     * @param collections the collections with versions
     * @param interval the time between two heartbeats
     */
    public VersionHeartbeat(MonarchEnvironment environment, VersionedCollections collections, Duration interval) {
        this.environment = environment;
        this.collections = collections;
        this.interval = interval;
    }

    /**
     * Begins, with one heartbeat on this thread.
     *
     * @throws OperationRefusedException if documents no longer have what this process needs
     */
    public synchronized void start() {
        if (thread != null) {
            return;
        }
        try {
            // In this order, either a contraction sees this instance, or this instance sees the contraction.
            beat();
            refuseContracted();
        } catch (MongoException e) {
            warn(e);
        }
        thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread daemon = new Thread(work, "monarch-versions");
            daemon.setDaemon(true);
            return daemon;
        });
        thread.scheduleWithFixedDelay(this::tryToBeat, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void refuseContracted() {
        List<Fact> problems = new ArrayList<>();
        Map<String, Contraction> contractions = records().contractions();
        for (CollectionVersions versions : collections.all()) {
            Contraction contraction = contractions.get(versions.collection());
            if (contraction != null && contraction.announced() > versions.newest()) {
                problems.add(new Fact(
                        Reason.VERSION_CONTRACTED,
                        "the documents of '" + versions.collection() + "' are contracted to version "
                                + contraction.announced() + ", and this build knows version " + versions.newest()));
            }
        }
        if (!problems.isEmpty()) {
            records().remove(ProcessName.get());
            throw new OperationRefusedException("use the versions of documents in", environment.name(), problems);
        }
    }

    private void tryToBeat() {
        try {
            beat();
        } catch (RuntimeException e) {
            warn(e);
        }
    }

    private void warn(RuntimeException e) {
        log.warn(
                "Environment '{}': this instance could not show that it exists; it tries again in {} s: {}",
                environment.name(),
                interval.toSeconds(),
                e.toString());
    }

    private void beat() {
        Map<String, Contraction> contractions = records().contractions();
        for (CollectionVersions versions : collections.all()) {
            Contraction contraction = contractions.get(versions.collection());
            if (contraction != null && contraction.version() > 0) {
                versions.contractTo(contraction.version());
                if (contraction.complete()) {
                    versions.completeContraction(contraction.version());
                }
            }
        }
        records().beat(ProcessName.get(), collections.all());
    }

    private VersionRecords records() {
        return new VersionRecords(environment.ownDatabase());
    }

    /** Ends, and removes the record of this process. */
    @Override
    public synchronized void close() {
        if (thread == null) {
            return;
        }
        thread.shutdownNow();
        thread = null;
        try {
            records().remove(ProcessName.get());
        } catch (RuntimeException e) {
            log.debug("The record of this instance was not removed; it expires", e);
        }
    }
}

package dev.monarch.engine.transfer;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.TransferProgress;
import dev.monarch.transfer.TransferProgress.CollectionProgress;
import dev.monarch.transfer.TransferProgress.TransferListener;

/**
 * Counts the documents that go into a sink and informs a listener about twice a second.
 *
 * <p>Counting costs one addition per batch. An exception of the listener is logged and does not affect the transfer.
 */
public final class TransferMeter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TransferMeter.class);

    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final TransferListener listener;

    private final Map<String, MeteredCollection> collections = new LinkedHashMap<>();

    private final long begun = System.nanoTime();

    private final ScheduledExecutorService timer;

    private volatile String phase = "reading";

    /**
     * Creates a meter and starts it.
     *
     * @param catalogue the collections to transfer
     * @param expected the expected size of each collection
     * @param listener receives the progress
     */
    public TransferMeter(
            Catalogue catalogue, Map<String, CollectionProgress.Expected> expected, TransferListener listener) {
        this.listener = listener;
        for (CollectionDescription collection : catalogue.collections()) {
            String name = collection.name();
            collections.put(
                    name,
                    new MeteredCollection(name, expected.getOrDefault(name, CollectionProgress.Expected.UNKNOWN)));
        }
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "monarch-progress");
            thread.setDaemon(true);
            return thread;
        });
        if (listener != TransferListener.NONE) {
            timer.scheduleAtFixedRate(this::inform, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Wraps a sink.
     *
     * @param sink the sink
     * @return a sink that counts and forwards
     */
    public TransferSink metering(TransferSink sink) {
        return sink.wrapping((collection, next) -> {
            MeteredCollection metered = collections.get(collection.name());
            return metered == null ? next : metered.before(next);
        });
    }

    /**
     * Sets the current phase.
     *
     * @param words one or two words
     */
    public void phase(String words) {
        phase = words;
    }

    /** {@return the current progress} */
    public TransferProgress progress() {
        List<CollectionProgress> each =
                collections.values().stream().map(MeteredCollection::progress).toList();
        return new TransferProgress(phase, each, Duration.ofNanos(System.nanoTime() - begun));
    }

    private void inform() {
        try {
            listener.onProgress(progress());
        } catch (RuntimeException e) {
            log.warn("A progress listener failed; the transfer continues", e);
        }
    }

    /** Informs the listener a last time and stops the meter. */
    @Override
    public void close() {
        timer.shutdown();
        boolean interrupted = Thread.interrupted();
        try {
            timer.awaitTermination(INTERVAL.toMillis() * 10, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (listener != TransferListener.NONE) {
            inform();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

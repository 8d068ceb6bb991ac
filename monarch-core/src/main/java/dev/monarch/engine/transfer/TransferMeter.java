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
import dev.monarch.transfer.TransferListener;
import dev.monarch.transfer.TransferProgress;
import dev.monarch.transfer.TransferProgress.CollectionProgress;

/**
 * Counts what goes into a sink, and tells a listener about twice a second.
 *
 * <p>Counting costs one addition per batch. What a listener throws is logged and does not disturb the transfer.
 */
public final class TransferMeter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TransferMeter.class);

    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final TransferListener listener;

    private final Map<String, MeteredCollection> collections = new LinkedHashMap<>();

    private final long begun = System.nanoTime();

    private final ScheduledExecutorService ticking;

    private volatile String phase = "reading";

    /**
     * Creates a meter, which begins at once.
     *
     * @param catalogue what is going to come
     * @param expected how much there is of each collection, as far as it is known
     * @param listener is told
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
        this.ticking = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "monarch-progress");
            thread.setDaemon(true);
            return thread;
        });
        if (listener != TransferListener.NONE) {
            ticking.scheduleAtFixedRate(this::tell, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Puts the meter before a sink.
     *
     * @param sink the sink
     * @return a sink that counts and hands on
     */
    public TransferSink metering(TransferSink sink) {
        return new TransferSink() {

            @Override
            public void begin(Catalogue catalogue) {
                sink.begin(catalogue);
            }

            @Override
            public CollectionSink collection(CollectionDescription collection) {
                CollectionSink to = sink.collection(collection);
                MeteredCollection metered = collections.get(collection.name());
                return metered == null ? to : metered.before(to);
            }
        };
    }

    /**
     * Says what is being done from now on.
     *
     * @param words a word or two
     */
    public void phase(String words) {
        phase = words;
    }

    /**
     * Returns how far it has come.
     *
     * @return the progress at this moment
     */
    public TransferProgress progress() {
        List<CollectionProgress> each =
                collections.values().stream().map(MeteredCollection::progress).toList();
        return new TransferProgress(phase, each, Duration.ofNanos(System.nanoTime() - begun));
    }

    private void tell() {
        try {
            listener.onProgress(progress());
        } catch (RuntimeException e) {
            log.warn("A listener could not take the progress of a transfer", e);
        }
    }

    /** Tells the listener a last time, and no more. */
    @Override
    public void close() {
        ticking.shutdown();
        boolean interrupted = Thread.interrupted();
        try {
            ticking.awaitTermination(INTERVAL.toMillis() * 10, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (listener != TransferListener.NONE) {
            tell();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

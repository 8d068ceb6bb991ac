package dev.monarch.engine.transfer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

import dev.monarch.transfer.TransferProgress.Limit;
import dev.monarch.transfer.TransferProgress.Limit.Stage;

/**
 * Adds up for which stage the threads of a transfer that read have waited. What they waited for limited the transfer.
 * Thread-safe.
 */
public final class StageTimes {

    /** A smaller share says nothing. */
    private static final double SMALLEST_PERCENT = 1;

    private final Map<Stage, LongAdder> nanos = new EnumMap<>(Stage.class);

    private final LongAdder whole = new LongAdder();

    StageTimes() {
        for (Stage stage : Stage.values()) {
            nanos.put(stage, new LongAdder());
        }
    }

    /**
     * Adds a time in which a reading thread waited.
     *
     * @param stage what it waited for
     * @param waited how long, in nanoseconds
     */
    public void add(Stage stage, long waited) {
        adder(stage).add(waited);
    }

    private LongAdder adder(Stage stage) {
        return Objects.requireNonNull(nanos.get(stage));
    }

    /**
     * Adds the time of a reading thread from its begin to its end. What it did not wait is its own work.
     *
     * @param since the begin, in the time of {@link System#nanoTime}
     */
    public void read(long since) {
        whole.add(System.nanoTime() - since);
    }

    /**
     * Wraps a stream whose reading threads read nothing else.
     *
     * @param stage the stage that delivers it
     * @param stream the stream
     * @return a stream that forwards, and adds the time of each call
     */
    public InputStream timing(Stage stage, InputStream stream) {
        return new FilterInputStream(stream) {

            @Override
            public int read() throws IOException {
                long begun = System.nanoTime();
                int read = in.read();
                add(stage, System.nanoTime() - begun);
                return read;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                long begun = System.nanoTime();
                int read = in.read(bytes, offset, length);
                add(stage, System.nanoTime() - begun);
                return read;
            }
        };
    }

    /** {@return what limited the transfer, the largest share first} */
    public List<Limit> limits() {
        Map<Stage, Long> all = new EnumMap<>(Stage.class);
        nanos.forEach((stage, time) -> all.put(stage, Math.max(0, time.sum())));
        long waited = all.values().stream().mapToLong(Long::longValue).sum();
        all.merge(Stage.READER, Math.max(0, whole.sum() - waited), Long::sum);
        double total =
                Math.max(1, all.values().stream().mapToLong(Long::longValue).sum());
        return all.entrySet().stream()
                .filter(each -> each.getValue() * 100 / total >= SMALLEST_PERCENT)
                .sorted(Map.Entry.<Stage, Long>comparingByValue(Comparator.reverseOrder()))
                .map(each -> new Limit(each.getKey(), (int) Math.round(each.getValue() * 100 / total)))
                .toList();
    }
}

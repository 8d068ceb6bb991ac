package dev.monarch.engine.transfer;

import java.time.Duration;
import java.util.function.LongSupplier;

import dev.monarch.engine.server.ServerParameter;
import dev.monarch.environment.MonarchEnvironment;

/**
 * The time for which a server can read at a point in time: {@code minSnapshotHistoryWindowInSeconds}, counted from that
 * point.
 *
 * @param length the time
 * @param begun the point in time, of {@link System#nanoTime()}
 */
record SnapshotWindow(Duration length, long begun) {

    private static final String PARAMETER = "minSnapshotHistoryWindowInSeconds";

    /** The server's default, which also counts if its user may not read the parameter. */
    private static final Duration USUAL = Duration.ofSeconds(300);

    /**
     * Begins now.
     *
     * @param environment the environment that is read
     * @return the window
     */
    static SnapshotWindow of(MonarchEnvironment environment) {
        Duration length = ServerParameter.seconds(environment.ownClient().getDatabase("admin"), PARAMETER, USUAL);
        return new SnapshotWindow(length, System.nanoTime());
    }

    /** {@return an equally long one that begins now} */
    SnapshotWindow again() {
        return new SnapshotWindow(length, System.nanoTime());
    }

    /**
     * Predicts, from now on, whether a collection can be read within this time.
     *
     * @param read how many bytes of all collections were read so far
     */
    SnapshotForecast forecast(LongSupplier read) {
        return new SnapshotForecast(this, System::nanoTime, read);
    }
}

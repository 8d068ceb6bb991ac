package dev.monarch.engine.transfer;

import java.time.Duration;
import java.util.function.LongSupplier;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;

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
        return new SnapshotWindow(length(environment), System.nanoTime());
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

    private static Duration length(MonarchEnvironment environment) {
        BsonDocument command = new BsonDocument("getParameter", new BsonInt32(1)).append(PARAMETER, new BsonInt32(1));
        try {
            return Duration.ofSeconds(environment
                    .ownClient()
                    .getDatabase("admin")
                    .runCommand(command, BsonDocument.class)
                    .getNumber(PARAMETER, new BsonInt64(USUAL.toSeconds()))
                    .longValue());
        } catch (MongoInterruptedException e) {
            throw e;
        } catch (MongoException e) {
            return USUAL;
        }
    }
}

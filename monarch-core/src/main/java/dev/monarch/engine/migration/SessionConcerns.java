package dev.monarch.engine.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCluster;
import com.mongodb.client.MongoDatabase;

/**
 * The application's write and read concern, as far as a migration can use them.
 *
 * <p>A session does not allow unacknowledged writes, and a migration whose writes were not acknowledged must not
 * count as applied. A causally consistent session does not allow the read concerns {@code available} and {@code
 * linearizable} (MongoDB manual, "Causal Consistency and Read and Write Concerns").
 *
 * @param write the write concern
 * @param read the read concern
 * @param overridden what differs from the application's settings, as sentences
 */
record SessionConcerns(WriteConcern write, ReadConcern read, List<String> overridden) {

    static SessionConcerns of(MongoCluster client) {
        List<String> overridden = new ArrayList<>();
        WriteConcern write = client.getWriteConcern();
        if (!write.isAcknowledged()) {
            write = WriteConcern.MAJORITY;
            overridden.add("The connection has w=0; a migration writes through its context with w=majority.");
        }
        ReadConcern read = possible(client.getReadConcern());
        if (!read.equals(client.getReadConcern())) {
            overridden.add("The connection has readConcernLevel="
                    + name(client.getReadConcern())
                    + ", which a session does not allow; a migration reads through its context with "
                    + name(read) + ".");
        }
        return new SessionConcerns(write, read, List.copyOf(overridden));
    }

    private static ReadConcern possible(ReadConcern requested) {
        if (requested.equals(ReadConcern.LINEARIZABLE)) {
            return ReadConcern.MAJORITY;
        }
        return requested.equals(ReadConcern.AVAILABLE) ? ReadConcern.LOCAL : requested;
    }

    private static String name(ReadConcern concern) {
        return Objects.requireNonNull(concern.getLevel()).getValue();
    }

    MongoDatabase applyTo(MongoDatabase database) {
        return database.withWriteConcern(write).withReadConcern(read);
    }
}

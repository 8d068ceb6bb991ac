package dev.monarch.rehearsal;

import java.util.List;
import java.util.UUID;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.engine.transfer.OwnCollections;
import dev.monarch.environment.GuardedOperation.Exposure;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.DatabaseRemoval;

/**
 * A temporary database for a rehearsal. It must be empty at first, and is dropped at the end.
 *
 * <p>It contains a mark, by which a later rehearsal recognizes the data of a process that died.
 */
final class ScratchDatabase implements AutoCloseable {

    static final String OPERATION = "rehearse on";

    private static final Logger log = LoggerFactory.getLogger(ScratchDatabase.class);

    private final MonarchEnvironment environment;

    private final DatabaseRemoval removal;

    private final String mark = UUID.randomUUID().toString();

    private ScratchDatabase(MonarchEnvironment environment, DatabaseRemoval removal) {
        this.environment = environment;
        this.removal = removal;
    }

    /**
     * Marks an environment's database as a scratch database.
     *
     * @throws OperationRefusedException if it is protected, or contains data that is not from a rehearsal
     */
    static ScratchDatabase in(MonarchEnvironment environment, DatabaseRemoval removal) {
        if (environment.exposure() == Exposure.PROTECTED) {
            throw refused(environment, Reason.SCRATCH_PROTECTED, "it is protected");
        }
        ScratchDatabase scratch = new ScratchDatabase(environment, removal);
        scratch.requireNoOtherData();
        MongoCollection<Document> marks = marks(environment.ownDatabase());
        if (marks.find().first() != null) {
            log.info("Removing the data of an earlier rehearsal in '{}'", environment.name());
            removal.dropScratch(environment);
        }
        marks.insertOne(new Document("_id", scratch.mark));
        return scratch;
    }

    private static MongoCollection<Document> marks(MongoDatabase database) {
        return database.getCollection(OwnCollections.REHEARSAL);
    }

    private void requireNoOtherData() {
        List<String> existing = removal.plan(environment);
        if (!existing.isEmpty() && !existing.contains(OwnCollections.REHEARSAL)) {
            throw refused(
                    environment, Reason.SCRATCH_NOT_EMPTY, "its database is not empty and would be dropped at the end");
        }
    }

    private static OperationRefusedException refused(MonarchEnvironment environment, Reason reason, String problem) {
        return new OperationRefusedException(OPERATION, environment.name(), reason, problem);
    }

    /**
     * Checks that the rehearsal does not put load on the source's cluster.
     *
     * @throws OperationRefusedException if both environments are on the same cluster
     */
    void requireOtherClusterThan(MonarchEnvironment source) {
        if (isSeenFrom(source)) {
            throw refused(
                    environment,
                    Reason.SCRATCH_ON_SOURCE_CLUSTER,
                    "it is on the same cluster as '" + source.name() + "', and would slow it down");
        }
    }

    private boolean isSeenFrom(MonarchEnvironment source) {
        MongoDatabase sameName =
                source.ownClient().getDatabase(environment.address().database());
        try {
            return marks(sameName).find(Filters.eq(mark)).first() != null;
        } catch (MongoException e) {
            // The user may not read existing, so only the hosts can be compared.
            return source.address().hosts().stream()
                    .anyMatch(environment.address().hosts()::contains);
        }
    }

    @Override
    public void close() {
        removal.dropScratch(environment);
    }
}

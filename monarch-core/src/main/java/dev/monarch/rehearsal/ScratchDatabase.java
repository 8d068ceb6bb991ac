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
 * A database that is nobody's: it was empty, and is dropped in the end.
 *
 * <p>A mark in it says so, so that what a dead process has left is not taken for somebody's data.
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
     * Makes an environment's database a scratch one.
     *
     * @throws OperationRefusedException if it is protected, or there is something in it that no rehearsal has left
     */
    static ScratchDatabase in(MonarchEnvironment environment, DatabaseRemoval removal) {
        if (environment.exposure() == Exposure.PROTECTED) {
            throw refused(environment, Reason.SCRATCH_PROTECTED, "it is protected");
        }
        ScratchDatabase scratch = new ScratchDatabase(environment, removal);
        scratch.requireNothingOfOthers();
        MongoCollection<Document> marks = marks(environment.ownDatabase());
        if (marks.find().first() != null) {
            log.info("Removing what an earlier rehearsal has left in '{}'", environment.name());
            removal.dropScratch(environment);
        }
        marks.insertOne(new Document("_id", scratch.mark));
        return scratch;
    }

    private static MongoCollection<Document> marks(MongoDatabase database) {
        return database.getCollection(OwnCollections.REHEARSAL);
    }

    private void requireNothingOfOthers() {
        List<String> there = removal.plan(environment);
        if (!there.isEmpty() && !there.contains(OwnCollections.REHEARSAL)) {
            throw refused(
                    environment,
                    Reason.SCRATCH_NOT_EMPTY,
                    "its database is not empty, and would be dropped in the end");
        }
    }

    private static OperationRefusedException refused(MonarchEnvironment environment, Reason reason, String problem) {
        return new OperationRefusedException(OPERATION, environment.name(), reason, problem);
    }

    /**
     * Refuses to burden the source with what is only tried out.
     *
     * @throws OperationRefusedException if both are on one cluster
     */
    void requireElsewhereThan(MonarchEnvironment source) {
        if (isSeenFrom(source)) {
            throw refused(
                    environment,
                    Reason.SCRATCH_ON_SOURCE_CLUSTER,
                    "it is on the same cluster as '" + source.name() + "', which would bear the load");
        }
    }

    private boolean isSeenFrom(MonarchEnvironment source) {
        MongoDatabase sameName =
                source.ownClient().getDatabase(environment.address().database());
        try {
            return marks(sameName).find(Filters.eq(mark)).first() != null;
        } catch (MongoException e) {
            // Who may not look there has another user there, and the same servers at most.
            return source.address().hosts().stream()
                    .anyMatch(environment.address().hosts()::contains);
        }
    }

    @Override
    public void close() {
        removal.dropScratch(environment);
    }
}

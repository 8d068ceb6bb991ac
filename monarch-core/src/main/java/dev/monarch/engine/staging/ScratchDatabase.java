package dev.monarch.engine.staging;

import java.util.HashSet;
import java.util.Set;
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
import dev.monarch.engine.transfer.CollectionOwner;
import dev.monarch.engine.transfer.OwnCollections;
import dev.monarch.environment.Guard.GuardedOperation.Exposure;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.DatabaseRemoval;

/**
 * A temporary database. It must be empty at first, and is dropped at the end.
 *
 * <p>It contains a mark, by which a later run recognizes the data of a process that died.
 */
public final class ScratchDatabase implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ScratchDatabase.class);

    private final String operation;

    private final MonarchEnvironment environment;

    private final DatabaseRemoval removal;

    private final String mark = UUID.randomUUID().toString();

    private ScratchDatabase(String operation, MonarchEnvironment environment, DatabaseRemoval removal) {
        this.operation = operation;
        this.environment = environment;
        this.removal = removal;
    }

    /**
     * Marks the database of an environment that a user chose as a scratch database.
     *
     * @param operation the operation, as a phrase that precedes the name of an environment
     * @param environment the environment
     * @param removal drops the database
     * @return the database, which is empty but for the mark
     * @throws OperationRefusedException if it is protected, may not be dropped, or contains other data
     */
    public static ScratchDatabase in(String operation, MonarchEnvironment environment, DatabaseRemoval removal) {
        if (environment.exposure() == Exposure.PROTECTED) {
            throw new OperationRefusedException(
                    operation, environment.name(), Reason.SCRATCH_PROTECTED, "it is protected");
        }
        removal.plan(environment);
        return beside(operation, environment, removal);
    }

    /**
     * Marks a database that Monarch chose as a scratch database.
     *
     * @param operation the operation, as a phrase that precedes the name of an environment
     * @param environment the database as an environment, {@link MonarchEnvironment#scratch}
     * @param removal drops the database
     * @return the database, which is empty but for the mark
     * @throws OperationRefusedException if it contains other data
     */
    public static ScratchDatabase beside(String operation, MonarchEnvironment environment, DatabaseRemoval removal) {
        requireNoOtherData(operation, environment);
        MongoCollection<Document> marks = marks(environment.ownDatabase());
        if (marks.find().first() != null) {
            log.info("Removing the data of an earlier run in '{}'", environment.name());
            removal.dropScratch(environment);
        }
        ScratchDatabase scratch = new ScratchDatabase(operation, environment, removal);
        marks.insertOne(new Document("_id", scratch.mark));
        return scratch;
    }

    /**
     * Checks that a database contains nothing but the data of an earlier run.
     *
     * @param operation the operation, as a phrase that precedes the name of an environment
     * @param environment the environment
     * @throws OperationRefusedException if it contains other data
     */
    public static void requireNoOtherData(String operation, MonarchEnvironment environment) {
        Set<String> existing = new HashSet<>(
                new TargetCatalogue(environment.ownDatabase()).byName().keySet());
        existing.removeIf(name -> CollectionOwner.of(name) == CollectionOwner.SERVER);
        // The last steps of dropping a scratch database, and what stays of a request to a running operation.
        existing.removeAll(Set.of(OwnCollections.LOCK, OwnCollections.PACE));
        if (!existing.isEmpty() && !existing.contains(OwnCollections.REHEARSAL)) {
            throw new OperationRefusedException(
                    operation,
                    environment.name(),
                    Reason.SCRATCH_NOT_EMPTY,
                    "its database '" + environment.address().database()
                            + "' is not empty and would be dropped at the end");
        }
    }

    private static MongoCollection<Document> marks(MongoDatabase database) {
        return database.getCollection(OwnCollections.REHEARSAL);
    }

    /**
     * Checks that the database does not put load on the source's cluster.
     *
     * @param source the source
     * @throws OperationRefusedException if both environments are on the same cluster
     */
    public void requireOtherClusterThan(MonarchEnvironment source) {
        if (isSeenFrom(source)) {
            throw new OperationRefusedException(
                    operation,
                    environment.name(),
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

package dev.monarch.replacement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.server.OperationFailure;
import dev.monarch.engine.staging.SystemCollections;
import dev.monarch.engine.staging.TargetCatalogue;
import dev.monarch.engine.staging.TargetPrivileges;
import dev.monarch.engine.transfer.CollectionOwner;
import dev.monarch.engine.transfer.OwnCollections;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard;
import dev.monarch.environment.Guard.GuardedOperation;
import dev.monarch.environment.Guard.GuardedOperation.Exposure;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/**
 * Drops the database of an environment, collection by collection, which needs only the role {@code readWrite}.
 *
 * <p>Thread-safe.
 */
public final class DatabaseRemoval {

    private static final Logger log = LoggerFactory.getLogger(DatabaseRemoval.class);

    private static final String OPERATION = "drop the database of";

    private final Guard guard;

    private final LockSettings lock;

    /**
     * Creates a removal.
     *
     * @param guard decides whether the database may be dropped
     * @param lock how long to wait for the lock of the environment
     */
    public DatabaseRemoval(Guard guard, LockSettings lock) {
        this.guard = guard;
        this.lock = lock;
    }

    /**
     * Lists what would be dropped. Changes nothing.
     *
     * @param environment the environment
     * @return its collections and views, Monarch's own among them
     * @throws dev.monarch.OperationRefusedException if dropping it is disabled, whatever the approval, or if the
     *     environment's user lacks privileges
     * @throws dev.monarch.TransferFailedException if the server does not answer
     */
    public List<String> plan(MonarchEnvironment environment) {
        guard.requireEnabled(GuardedOperation.DROP_DATABASE, environment);
        return OperationFailure.translated("list the collections of", environment.name(), () -> planned(environment));
    }

    private static List<String> planned(MonarchEnvironment environment) {
        TargetPrivileges.requireToDrop(environment, OPERATION);
        return new TargetCatalogue(environment.ownDatabase())
                .all().stream()
                        .map(TargetCatalogue.Existing::name)
                        .filter(name -> CollectionOwner.of(name) != CollectionOwner.SERVER)
                        .sorted()
                        .toList();
    }

    /**
     * Drops the database while it holds the environment's lock. The collection of the lock is dropped last.
     *
     * @param environment the environment
     * @param approval the caller's approval
     * @return the collections and views that were dropped
     * @throws dev.monarch.OperationRefusedException if the guard refuses, or the user lacks privileges
     * @throws dev.monarch.LockHeldException if another process holds the lock for too long
     * @throws dev.monarch.TransferFailedException if the server fails; some collections may be dropped
     */
    public List<String> drop(MonarchEnvironment environment, Approval approval) {
        guard.check(GuardedOperation.DROP_DATABASE, environment, approval);
        return drop(environment);
    }

    /**
     * Drops a scratch database that the caller created. This needs no approval.
     *
     * @param environment the environment
     * @return the collections and views that were dropped
     * @throws dev.monarch.OperationRefusedException if it is protected, or the user lacks privileges
     * @throws dev.monarch.LockHeldException if another process holds the lock for too long
     * @throws dev.monarch.TransferFailedException if the server fails; some collections may be dropped
     */
    public List<String> dropScratch(MonarchEnvironment environment) {
        if (environment.exposure() == Exposure.PROTECTED) {
            throw new OperationRefusedException(
                    OPERATION, environment.name(), Reason.SCRATCH_PROTECTED, "it is protected");
        }
        return drop(environment);
    }

    private List<String> drop(MonarchEnvironment environment) {
        return OperationFailure.translated(OPERATION, environment.name(), () -> dropUnderLock(environment));
    }

    private List<String> dropUnderLock(MonarchEnvironment environment) {
        TargetPrivileges.requireToDrop(environment, OPERATION);
        MongoDatabase database = environment.ownDatabase().withWriteConcern(WriteConcern.MAJORITY);
        List<String> dropped;
        try (HeldLock held = new EnvironmentLock(environment, lock).acquire("drop the database", null, event -> {})) {
            dropped = dropAll(database, held);
            // After the release, another process may hold the lock.
            held.dropCollection();
        }
        log.info(
                "Environment '{}': dropped the database '{}', {} collections and views",
                environment.name(),
                database.getName(),
                dropped.size());
        return dropped;
    }

    private static List<String> dropAll(MongoDatabase database, HeldLock held) {
        List<String> dropped = new ArrayList<>();
        List<TargetCatalogue.Existing> all = new ArrayList<>(new TargetCatalogue(database).all());
        // Views first, so that no view refers to a missing collection. The mark of a scratch database last, so that an
        // interrupted removal is recognized.
        all.sort(Comparator.comparing((TargetCatalogue.Existing existing) -> existing.type() != CollectionType.VIEW)
                .thenComparing(existing -> existing.name().equals(OwnCollections.REHEARSAL)));
        for (TargetCatalogue.Existing existing : all) {
            boolean own = existing.name().equals(EnvironmentLock.COLLECTION);
            if (!own && CollectionOwner.of(existing.name()) != CollectionOwner.SERVER) {
                held.ensureHeld();
                SystemCollections.remove(database, existing.name());
                dropped.add(existing.name());
            }
        }
        return dropped;
    }
}

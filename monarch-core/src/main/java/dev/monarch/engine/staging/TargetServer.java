package dev.monarch.engine.staging;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.mongodb.client.MongoDatabase;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.environment.Deployment;
import dev.monarch.engine.transfer.TransferWorkers;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/**
 * The facts about the target's server that plans of a replacement need.
 *
 * <p>Facts that do not change between plans are queried once: the type of deployment and the user's privileges. The
 * rest is queried each time. Thread-safe.
 */
final class TargetServer {

    private static final int CONCURRENCY = 4;

    private final MonarchEnvironment target;

    private @Nullable Boolean sharded;

    private @Nullable TargetPrivileges privileges;

    /** Creates an instance. Sends no command yet. */
    TargetServer(MonarchEnvironment target) {
        this.target = target;
    }

    MonarchEnvironment target() {
        return target;
    }

    synchronized boolean isSharded() {
        if (sharded == null) {
            sharded = Deployment.of(target.ownClient()).isSharded();
        }
        return sharded;
    }

    synchronized TargetPrivileges privileges() {
        if (privileges == null) {
            privileges = new TargetPrivileges(target);
        }
        return privileges;
    }

    /**
     * Returns how many documents these collections have, according to the server's metadata; views and time series
     * have none.
     */
    long documents(Collection<TargetCatalogue.Existing> collections) {
        MongoDatabase database = target.ownDatabase();
        Map<String, Long> documents = new ConcurrentHashMap<>();
        List<Runnable> counts = collections.stream()
                .filter(collection -> collection.type() == CollectionType.COLLECTION)
                .map(collection -> (Runnable) () -> documents.put(
                        collection.name(),
                        database.getCollection(collection.name()).estimatedDocumentCount()))
                .toList();
        TransferWorkers.runAll("monarch-count", CONCURRENCY, counts);
        return documents.values().stream().mapToLong(Long::longValue).sum();
    }
}

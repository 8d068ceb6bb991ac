package dev.monarch.copy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.client.model.CountOptions;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import dev.monarch.Reason;
import dev.monarch.TransferFailedException;
import dev.monarch.engine.history.HistoryCollection;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.server.OperationFailure;
import dev.monarch.engine.staging.InterruptedSwaps;
import dev.monarch.engine.staging.RenamingSink;
import dev.monarch.engine.staging.ReplacementOrigin;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.CatalogueReader;
import dev.monarch.engine.transfer.DatabaseSource;
import dev.monarch.engine.transfer.ShardKeys;
import dev.monarch.engine.transfer.TransferSink;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.CollectionDescription.ShardKey;
import dev.monarch.transfer.ReadReport;
import dev.monarch.transfer.TransferProgress.CollectionProgress;

/** The data of a copy: the database of an environment, or a part of it. */
final class EnvironmentOrigin implements ReplacementOrigin {

    /** The timeout of a plan for the count of one collection. */
    private static final long COUNT_SECONDS = 10;

    private final CopyScope scope;

    private final Guard guard;

    private final LockSettings settings;

    private final MonarchEnvironment source;

    private final Catalogue there;

    private final ShardKeys shardKeys;

    private @Nullable ReadReport report;

    EnvironmentOrigin(CopyScope scope, Guard guard, LockSettings settings) {
        this.scope = scope;
        this.guard = guard;
        this.settings = settings;
        this.source = scope.source();
        this.there = ofSource(() -> new CatalogueReader(source.ownDatabase()).read());
        this.shardKeys = ofSource(() -> ShardKeys.of(source));
    }

    /** The copy uses two servers, so an exception must name the one that failed. */
    private <T> T ofSource(Supplier<T> read) {
        return OperationFailure.translated("read", source.name(), read);
    }

    @Override
    public String title() {
        return "'" + source.name() + "'";
    }

    @Override
    public String purpose() {
        return "copy from " + source.name();
    }

    @Override
    public List<Runnable> checks() {
        return List.of(
                scope::requireOther, () -> scope.requireApproval(guard), scope::requireWhole, this::requireReadable);
    }

    /**
     * The order matters, because an earlier failure explains later ones: during an interrupted swap the database may
     * be empty, and in an empty database no pattern matches.
     */
    private void requireReadable() {
        new InterruptedSwaps(source).requireNone(scope.readOptions());
        scope.requireContents(there);
        scope.requireNames(there);
    }

    @Override
    public List<String> warnings() {
        return shardKeys.warnings();
    }

    @Override
    public Catalogue incoming() {
        return scope.renames().apply(scope.read(there));
    }

    @Override
    public long bytes() {
        return counted("dataSize");
    }

    @Override
    public long documents() {
        return counted("objects");
    }

    /** For a part of the database, the size is unknown. */
    private long counted(String field) {
        if (!scope.isWhole()) {
            return -1;
        }
        return ofSource(() -> source.ownDatabase()
                        .runCommand(new BsonDocument("dbStats", new BsonInt32(1)), BsonDocument.class))
                .getNumber(field, new BsonInt64(-1))
                .longValue();
    }

    /** With a query set, the documents are selected and masked only while they are read. */
    @Override
    public OptionalLong count(String collection, Bson filter) {
        return scope.hasQuerySet()
                ? OptionalLong.empty()
                : ofSource(() -> count(scope.renames().named(collection, there), filter));
    }

    private OptionalLong count(Optional<String> collection, Bson filter) {
        try {
            return collection.stream()
                    .mapToLong(name -> source.ownDatabase()
                            .getCollection(name)
                            .countDocuments(filter, new CountOptions().maxTime(COUNT_SECONDS, TimeUnit.SECONDS)))
                    .findFirst();
        } catch (MongoExecutionTimeoutException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public Map<String, ShardKey> shardKeys() {
        Map<String, ShardKey> keys = new HashMap<>();
        shardKeys.byCollection().forEach((name, key) -> keys.put(scope.renames().apply(name), key));
        return keys;
    }

    @Override
    public Approval approval() {
        return scope.approval();
    }

    @Override
    public void checkUnder(HeldLock lock) {
        if (lock.isSeenIn(source)) {
            throw scope.same();
        }
        ofSource(() -> {
            requireNoMigration();
            return true;
        });
    }

    /**
     * A migration is running only if a live process holds the lock. The history alone may contain entries of a dead
     * process.
     */
    private void requireNoMigration() {
        new EnvironmentLock(source, settings)
                .liveHolder()
                .filter(holder -> HistoryCollection.of(source.ownDatabase(), scope.historyCollection())
                        .hasRunningMigration())
                .ifPresent(holder -> {
                    throw migrating("migrations are running in it (" + holder + ")");
                });
    }

    private TransferFailedException migrating(String what) {
        return new TransferFailedException(
                Reason.SOURCE_MIGRATED_MEANWHILE,
                CopyScope.OPERATION,
                scope.target().name(),
                "'" + source.name() + "' changed while it was read: " + what + ". Nothing has been replaced");
    }

    @Override
    public OpenOrigin open() {
        DatabaseSource from = ofSource(() -> DatabaseSource.open(source, scope.readOptions()));
        return new OpenOrigin() {

            @Override
            public Catalogue catalogue() {
                return scope.renames().apply(from.catalogue());
            }

            @Override
            public Map<String, CollectionProgress.Expected> expected() {
                Map<String, CollectionProgress.Expected> expected = new HashMap<>();
                from.expected()
                        .forEach((name, size) -> expected.put(scope.renames().apply(name), size));
                return expected;
            }

            @Override
            public void transferTo(TransferSink sink) {
                from.transferTo(new RenamingSink(scope.renames(), sink));
                report = from.report();
                // A migration that started after the first check is either still running, or has changed the history.
                requireNoMigration();
                if (from.hasMigrated()) {
                    throw migrating("migrations ran in the meantime");
                }
            }

            @Override
            public void close() {}
        };
    }

    /** {@return how consistent the read was; valid after the transfer} */
    ReadReport report() {
        if (report == null) {
            throw new IllegalStateException("The transfer has not ended");
        }
        return report;
    }
}

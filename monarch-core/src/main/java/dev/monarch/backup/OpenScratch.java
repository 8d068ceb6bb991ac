package dev.monarch.backup;

import java.util.HashMap;
import java.util.Map;

import com.mongodb.MongoException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.MonarchException;
import dev.monarch.engine.lock.Uninterrupted;
import dev.monarch.engine.staging.RenamingSink;
import dev.monarch.engine.staging.ReplacementOrigin.OpenOrigin;
import dev.monarch.engine.staging.ScratchDatabase;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.CollectionSink;
import dev.monarch.engine.transfer.DatabaseSource;
import dev.monarch.engine.transfer.ReadOptions;
import dev.monarch.engine.transfer.Subset;
import dev.monarch.engine.transfer.SubsetChoice;
import dev.monarch.engine.transfer.SubsetQueries;
import dev.monarch.engine.transfer.TransferSink;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.ReadReport.Consistency;
import dev.monarch.transfer.TransferProgress.CollectionProgress.Expected;

/**
 * Reads the documents that a query set selects from a scratch database.
 *
 * @param scope the restore into the target
 * @param incoming the collections to restore, with their names and definitions in the backup
 * @param from reads the scratch database
 * @param scratch the scratch database as an environment
 * @param database drops it
 */
record OpenScratch(
        RestoreScope scope,
        Catalogue incoming,
        DatabaseSource from,
        MonarchEnvironment scratch,
        ScratchDatabase database)
        implements OpenOrigin {

    private static final Logger log = LoggerFactory.getLogger(OpenScratch.class);

    static OpenScratch of(
            RestoreScope scope, Catalogue contents, MonarchEnvironment scratch, ScratchDatabase database) {
        Catalogue incoming = scope.incoming(contents);
        // No other process writes to it, so it needs no snapshot, which would expire.
        ReadOptions options = new ReadOptions(
                RestoreScope.OPERATION,
                CollectionSelection.ALL,
                Consistency.NONE,
                scope.pace(),
                scope.historyCollection(),
                new LoadedSubset(scope.change().subset(), contents, incoming),
                true);
        return new OpenScratch(scope, incoming, DatabaseSource.open(scratch, options), scratch, database);
    }

    /** The selection of a query set, by the definitions in the backup. */
    private record LoadedSubset(SubsetChoice chosen, Catalogue contents, Catalogue incoming) implements SubsetChoice {

        @Override
        public Catalogue selected(Catalogue loaded) {
            return new Catalogue(
                    loaded.database(),
                    loaded.collections().stream()
                            .filter(collection -> incoming.contains(collection.name()))
                            .toList());
        }

        @Override
        public boolean isWhole(String collection) {
            return chosen.isWhole(collection);
        }

        @Override
        public Subset select(Catalogue loaded, SubsetQueries queries) {
            return chosen.select(contents, queries);
        }
    }

    @Override
    public Catalogue catalogue() {
        return scope.change().defined(incoming);
    }

    @Override
    public Map<String, Expected> expected() {
        Map<String, Expected> expected = new HashMap<>();
        from.expected()
                .forEach((name, size) -> expected.put(scope.change().renames().apply(name), size));
        return expected;
    }

    @Override
    public void transferTo(TransferSink sink) {
        TransferSink renaming = new RenamingSink(scope.change().renames(), sink);
        from.transferTo(new TransferSink() {

            @Override
            public void begin(Catalogue loaded) {
                renaming.begin(incoming);
            }

            @Override
            public CollectionSink collection(CollectionDescription loaded) {
                return renaming.collection(incoming.collection(loaded.name()).orElseThrow());
            }
        });
    }

    @Override
    public void close() {
        close(scratch, database);
    }

    /** Drops the scratch database. Works on an interrupted thread, too. */
    static void close(MonarchEnvironment scratch, @Nullable ScratchDatabase database) {
        try (scratch) {
            if (database == null) {
                return;
            }
            if (Thread.currentThread().isInterrupted()) {
                Uninterrupted.run(database::close);
            } else {
                database.close();
            }
        } catch (MongoException | MonarchException e) {
            log.warn(
                    "Could not drop the scratch database '{}'; the next restore with a query set into the same"
                            + " environment drops it",
                    scratch.address().database(),
                    e);
        }
    }
}

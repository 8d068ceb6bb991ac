package dev.monarch.engine.staging;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import com.mongodb.client.MongoDatabase;

import dev.monarch.engine.transfer.OwnCollections;
import dev.monarch.engine.transfer.TransferWorkers;

/** Removes staging collections and their journal entries. */
final class StagingCleanup {

    private static final int CONCURRENCY = 4;

    private final MongoDatabase database;

    private final Journal journal;

    StagingCleanup(MongoDatabase database, Journal journal) {
        this.database = database;
        this.journal = journal;
    }

    /** Removes what a run has loaded, unless its swap has started and needs the data. */
    void remove(String run) {
        if (journal.beginRemoval(run)) {
            abandon(run);
        }
    }

    /** Removes what a run has loaded, in any state. */
    void abandon(String run) {
        drop(name -> isOf(run, name));
        journal.end(run);
    }

    /** Removes staging collections that are not in the journal. The caller must hold the lock of the environment. */
    void removeOrphans() {
        Set<String> runs = journal.runs();
        drop(name -> runs.stream().noneMatch(run -> isOf(run, name)));
    }

    private static boolean isOf(String run, String name) {
        return name.startsWith(OwnCollections.STAGING_PREFIX + run + ".");
    }

    private void drop(Predicate<String> which) {
        List<Runnable> drops = new TargetCatalogue(database)
                .all().stream()
                        .map(TargetCatalogue.Existing::name)
                        .filter(name -> name.startsWith(OwnCollections.STAGING_PREFIX))
                        .filter(which)
                        .map(name ->
                                (Runnable) () -> database.getCollection(name).drop())
                        .toList();
        TransferWorkers.runAll("monarch-cleanup", CONCURRENCY, drops);
    }
}

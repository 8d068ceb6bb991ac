package dev.monarch.engine.staging;

import java.util.Set;
import java.util.function.Predicate;

import com.mongodb.client.MongoDatabase;

import dev.monarch.engine.transfer.OwnCollections;

/** Removes staging collections, and what the journal says of them. */
final class StagingCleanup {

    private final MongoDatabase database;

    private final Journal journal;

    StagingCleanup(MongoDatabase database, Journal journal) {
        this.database = database;
        this.journal = journal;
    }

    /** Removes what a run has loaded, unless it has begun to swap: then it is needed. */
    void remove(String run) {
        if (journal.beginRemoval(run)) {
            abandon(run);
        }
    }

    /** Removes what a run has loaded, whatever it is at. */
    void abandon(String run) {
        drop(name -> isOf(run, name));
        journal.end(run);
    }

    /** Removes what the journal knows nothing of; the lock of the environment must be held. */
    void removeOrphans() {
        Set<String> runs = journal.runs();
        drop(name -> runs.stream().noneMatch(run -> isOf(run, name)));
    }

    private static boolean isOf(String run, String name) {
        return name.startsWith(OwnCollections.STAGING_PREFIX + run + ".");
    }

    private void drop(Predicate<String> which) {
        new TargetCatalogue(database)
                .all().stream()
                        .map(TargetCatalogue.Standing::name)
                        .filter(name -> name.startsWith(OwnCollections.STAGING_PREFIX))
                        .filter(which)
                        .forEach(name -> database.getCollection(name).drop());
    }
}

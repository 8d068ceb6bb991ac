package dev.monarch.staging;

import java.util.List;

import com.mongodb.client.MongoDatabase;

import dev.monarch.transfer.OwnCollections;

/** Removes staging collections. */
final class StagingCleanup {

    private final MongoDatabase database;

    StagingCleanup(MongoDatabase database) {
        this.database = database;
    }

    /** Removes those of one run. */
    void remove(String run) {
        removeAll(OwnCollections.STAGING_PREFIX + run + ".");
    }

    /** Removes those of every run; nobody may be loading. */
    void removeAll() {
        removeAll(OwnCollections.STAGING_PREFIX);
    }

    private void removeAll(String prefix) {
        List<String> names = new TargetCatalogue(database)
                .all().stream()
                        .map(TargetCatalogue.Standing::name)
                        .filter(name -> name.startsWith(prefix))
                        .toList();
        names.forEach(name -> database.getCollection(name).drop());
    }
}

package dev.monarch.engine.version;

import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import org.bson.Document;

import dev.monarch.Fact;
import dev.monarch.OperationRefusedException;

/** Checks the changes of all collections when an application starts: on some documents, and on generated ones. */
public final class VersionSamples {

    private static final int EACH_WAY = 10;

    private VersionSamples() {}

    /**
     * Tries all changes. Nothing is written.
     *
     * @param collections the collections with versions
     * @param database the database with the documents
     * @param environment the name of its environment, for the message
     * @throws OperationRefusedException if a change fails for a document, or if a field has two meanings
     */
    public static void check(VersionedCollections collections, MongoDatabase database, String environment) {
        List<Fact> problems = new ArrayList<>();
        for (CollectionVersions versions : collections.all()) {
            problems.addAll(SampleCheck.problems(versions, samples(database.getCollection(versions.collection()))));
        }
        if (!problems.isEmpty()) {
            throw new OperationRefusedException("use the versions of documents in", environment, problems);
        }
    }

    /** The first and the last documents: the oldest and the newest ones, if the ids ascend. */
    private static List<Document> samples(MongoCollection<Document> collection) {
        List<Document> samples = new ArrayList<>();
        for (int direction : List.of(1, -1)) {
            collection
                    .find()
                    .sort(new Document("_id", direction))
                    .limit(EACH_WAY)
                    .into(samples);
        }
        return samples;
    }
}

package dev.monarch.engine.original;

import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;

import dev.monarch.engine.environment.Deployment;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Makes the documents of one collection what they were before a change, if they still are what was written.
 *
 * <p>The original of a document is removed after the document was undone. So another process can continue at any time,
 * and what remains at the end are the originals of the documents that were left. For one thread.
 */
public final class UndoRun {

    private static final int DOCUMENTS = 500;

    private static final int BYTES = 4 * 1024 * 1024;

    private static final BsonDocument BY_ID = new BsonDocument("_id", new BsonInt32(1));

    private final Originals originals;

    private final MongoCollection<RawBsonDocument> source;

    private final UndoPace pace;

    private final MonarchEnvironment environment;

    /**
     * @param environment the environment
     * @param originals the originals
     * @param pace waits after each batch
     */
    public UndoRun(MonarchEnvironment environment, Originals originals, UndoPace pace) {
        this.environment = environment;
        MongoDatabase database = environment.ownDatabase();
        this.originals = originals;
        this.source = database.getCollection(originals.source(), RawBsonDocument.class);
        this.pace = pace;
    }

    /** Tries the documents again that an earlier undo has left. */
    public void begin() {
        originals.collection().updateMany(Filters.exists(Original.LEFT), Updates.unset(Original.LEFT));
    }

    /**
     * Undoes all documents that were not tried since {@link #begin}.
     *
     * @return whether all were tried; false if the pace has ended it
     */
    public boolean run() {
        boolean exact = Deployment.of(environment.ownClient()).snapshots();
        try (MongoCursor<BsonDocument> cursor = originals
                .collection()
                .find(Filters.exists(Original.LEFT, false))
                .sort(BY_ID)
                .batchSize(DOCUMENTS)
                .cursor()) {
            while (cursor.hasNext()) {
                if (!undo(next(cursor), exact)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static List<Original> next(MongoCursor<BsonDocument> cursor) {
        List<Original> batch = new ArrayList<>();
        int bytes = 0;
        while (batch.size() < DOCUMENTS && bytes < BYTES && cursor.hasNext()) {
            Original original = new Original(cursor.next());
            batch.add(original);
            bytes += original.length();
        }
        return batch;
    }

    private boolean undo(List<Original> batch, boolean exact) {
        long begun = System.nanoTime();
        UndoBatch undo = new UndoBatch(source, originals.collection(), exact);
        undo.apply(batch);
        return pace.after(System.nanoTime() - begun, batch.size(), undo.changed(), undo.bytes());
    }
}

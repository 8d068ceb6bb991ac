package dev.monarch.sample.migration;

import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import org.bson.Document;

import dev.monarch.migration.Migration;
import dev.monarch.migration.MigrationContext;
import dev.monarch.migration.MongoMigration;

/**
 * Gives every dog a tag: 1, 2, 3 … in the order of their ids.
 *
 * <p>An example of a long migration: it stores checkpoints, so that the next run continues an interrupted one
 * instead of starting again, and it reports its progress.
 */
@Migration("202611201040-dog-tags")
class DogTags implements MongoMigration {

    private static final int BATCH = 250;

    @Override
    public void up(MigrationContext context) {
        MongoCollection<Document> dogs = context.database().getCollection("dogs");
        context.progress().total(dogs.countDocuments());
        Document done = context.lastCheckpoint(Document.class).orElse(new Document("dog", "").append("tag", 0));
        List<Document> batch = after(done, dogs);
        while (!batch.isEmpty()) {
            context.ensureLock();
            done = tag(batch, done.getInteger("tag"), dogs);
            context.checkpoint(done);
            context.progress().advance(batch.size());
            batch = after(done, dogs);
        }
    }

    @Override
    public void down(MigrationContext context) {
        context.database().getCollection("dogs").updateMany(new Document(), Updates.unset("tag"));
    }

    private static List<Document> after(Document done, MongoCollection<Document> dogs) {
        return dogs.find(Filters.gt("_id", done.get("dog")))
                .sort(Sorts.ascending("_id"))
                .limit(BATCH)
                .into(new ArrayList<>());
    }

    private static Document tag(List<Document> batch, int last, MongoCollection<Document> dogs) {
        List<UpdateOneModel<Document>> updates = new ArrayList<>();
        int tag = last;
        for (Document dog : batch) {
            tag++;
            updates.add(new UpdateOneModel<>(Filters.eq(dog.get("_id")), Updates.set("tag", tag)));
        }
        dogs.bulkWrite(updates);
        return new Document("dog", batch.get(batch.size() - 1).get("_id")).append("tag", tag);
    }
}

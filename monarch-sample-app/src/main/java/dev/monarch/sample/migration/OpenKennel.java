package dev.monarch.sample.migration;

import java.util.List;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import org.bson.Document;

import dev.monarch.migration.Migration;
import dev.monarch.migration.MigrationContext;
import dev.monarch.migration.MongoMigration;

/** Fills the kennel. It does not change existing data, so an interrupted run can simply run again. */
@Migration("202611201000-kennel")
class OpenKennel implements MongoMigration {

    private static final int BATCH = 500;

    @Override
    public void up(MigrationContext context) {
        insertMissing(context, "dog_houses", KennelSeed.houses());
        insertMissing(context, "dogs", KennelSeed.dogs());
        insertMissing(context, "accounts", KennelSeed.accounts());
    }

    private static void insertMissing(MigrationContext context, String name, List<Document> documents) {
        MongoCollection<Document> collection = context.database().getCollection(name);
        for (int from = 0; from < documents.size(); from += BATCH) {
            context.ensureLock();
            List<Document> batch = documents.subList(from, Math.min(from + BATCH, documents.size()));
            collection.bulkWrite(
                    batch.stream().map(OpenKennel::insertIfMissing).toList(), new BulkWriteOptions().ordered(false));
        }
    }

    private static UpdateOneModel<Document> insertIfMissing(Document document) {
        return new UpdateOneModel<>(
                Filters.eq(document.get("_id")),
                new Document("$setOnInsert", document),
                new UpdateOptions().upsert(true));
    }
}

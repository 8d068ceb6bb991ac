package dev.monarch.sample.migration;

import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import org.bson.Document;
import org.bson.conversions.Bson;

import dev.monarch.migration.Migration;
import dev.monarch.migration.MigrationContext;
import dev.monarch.migration.MongoMigration;

/**
 * Moves the street and the city of an account into its address.
 *
 * <p>It works in batches, and changes each account atomically. Whenever a run ends, every account has one of the two
 * shapes, and the next run finds those with the old one.
 */
@Migration("202611201020-account-address")
class AccountAddress implements MongoMigration {

    private static final int BATCH = 200;

    private static final Bson OLD_SHAPE = Filters.exists("street");

    @Override
    public void up(MigrationContext context) {
        MongoCollection<Document> accounts = context.database().getCollection("accounts");
        List<Document> batch = next(accounts);
        while (!batch.isEmpty()) {
            context.ensureLock();
            accounts.bulkWrite(batch.stream().map(AccountAddress::gather).toList());
            batch = next(accounts);
        }
    }

    private static List<Document> next(MongoCollection<Document> accounts) {
        return accounts.find(OLD_SHAPE)
                .sort(Sorts.ascending("_id"))
                .limit(BATCH)
                .into(new ArrayList<>());
    }

    private static UpdateOneModel<Document> gather(Document account) {
        Document address = new Document("street", account.get("street")).append("city", account.get("city"));
        return new UpdateOneModel<>(
                Filters.and(Filters.eq(account.get("_id")), OLD_SHAPE),
                new Document("$set", new Document("address", address))
                        .append("$unset", new Document("street", "").append("city", "")));
    }
}

package dev.monarch.sample.migration;

import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.springframework.context.annotation.Profile;

import dev.monarch.migration.Migration;
import dev.monarch.migration.MigrationContext;
import dev.monarch.migration.MongoMigration;

/**
 * Takes a deposit from every account: all entries of the ledger and all accounts are changed, or none.
 *
 * <p>Transactions need a replica set, so this migration exists only in the profile for one.
 */
@Profile("replica-set")
@Migration(id = "202611201100-deposits", transactional = true)
class Deposits implements MongoMigration {

    private static final int DEPOSIT = 50;

    @Override
    public void up(MigrationContext context) {
        MongoCollection<Document> accounts = context.database().getCollection("accounts");
        List<Document> entries = accounts.find()
                .projection(Projections.include("_id"))
                .map(account -> account.append("deposit", DEPOSIT))
                .into(new ArrayList<>());
        if (!entries.isEmpty()) {
            context.database().getCollection("ledger").insertMany(entries);
        }
        accounts.updateMany(new Document(), Updates.set("balance", DEPOSIT));
    }

    @Override
    public void down(MigrationContext context) {
        context.database().getCollection("ledger").deleteMany(new Document());
        context.database().getCollection("accounts").updateMany(new Document(), Updates.unset("balance"));
    }
}

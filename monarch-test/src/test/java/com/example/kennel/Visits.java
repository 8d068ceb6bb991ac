package com.example.kennel;

import org.bson.Document;

import dev.monarch.migration.Migration;
import dev.monarch.migration.MigrationContext;
import dev.monarch.migration.MongoMigration;

/** Wrong: each run adds a visit. */
@Migration("3-visits")
public class Visits implements MongoMigration {

    @Override
    public void up(MigrationContext context) {
        context.database().getCollection("visits").insertOne(new Document("dog", 1));
    }
}

package com.example.kennel;

import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;

import dev.monarch.migration.Migration;
import dev.monarch.migration.MigrationContext;
import dev.monarch.migration.MongoMigration;

/** Needs the chips as text. */
@Migration(id = "5-unique-chips", after = "4-chips")
class ChipsAreUnique implements MongoMigration {

    @Override
    public void up(MigrationContext context) {
        context.database()
                .getCollection("dogs")
                .createIndex(
                        Indexes.ascending("chip"),
                        new IndexOptions().unique(true).sparse(true));
    }
}

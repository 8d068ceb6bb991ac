package com.example.kennel;

import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

import dev.monarch.migration.Migration;
import dev.monarch.migration.MigrationContext;
import dev.monarch.migration.MongoMigration;

/** A unique index. */
@Migration("1-unique-name")
public class UniqueName implements MongoMigration {

    @Override
    public void up(MigrationContext context) {
        context.template().indexOps("dogs").createIndex(new Index("name", Direction.ASC).unique());
    }
}

package dev.monarch.sample.migration;

import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

import dev.monarch.migration.Migration;
import dev.monarch.migration.MigrationContext;
import dev.monarch.migration.MongoMigration;

/** Makes emails of accounts unique. If the index exists already, nothing happens. */
@Migration("202611201010-unique-email")
class UniqueEmail implements MongoMigration {

    @Override
    public void up(MigrationContext context) {
        context.template()
                .indexOps("accounts")
                .createIndex(new Index("email", Direction.ASC).unique().named("email_unique"));
    }
}

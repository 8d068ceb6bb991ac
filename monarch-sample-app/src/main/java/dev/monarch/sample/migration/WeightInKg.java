package dev.monarch.sample.migration;

import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

import dev.monarch.migration.Migration;
import dev.monarch.migration.MigrationContext;
import dev.monarch.migration.MongoMigration;

/** Renames a dog's weight to include the unit, and can be rolled back. */
@Migration("202611201030-weight-in-kg")
class WeightInKg implements MongoMigration {

    @Override
    public void up(MigrationContext context) {
        rename(context, "kg", "weightInKg");
    }

    @Override
    public void down(MigrationContext context) {
        rename(context, "weightInKg", "kg");
    }

    private static void rename(MigrationContext context, String from, String to) {
        Query dogs = Query.query(Criteria.where(from).exists(true));
        context.template().updateMulti(dogs, new Update().rename(from, to), "dogs");
    }
}

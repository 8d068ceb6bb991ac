package com.example.kennel;

import java.util.function.DoubleUnaryOperator;

import com.mongodb.client.model.Filters;
import org.bson.Document;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

import dev.monarch.migration.Migration;
import dev.monarch.migration.MigrationContext;
import dev.monarch.migration.MongoMigration;

/** Grams become kilograms, and can be rolled back. */
@Migration("2-weight-in-kg")
public class WeightInKg implements MongoMigration {

    @Override
    public void up(MigrationContext context) {
        change(context, "weight", "weightInKg", weight -> weight / 1000);
    }

    @Override
    public void down(MigrationContext context) {
        change(context, "weightInKg", "weight", weight -> weight * 1000);
    }

    private static void change(MigrationContext context, String from, String to, DoubleUnaryOperator weight) {
        for (Document dog : context.database().getCollection("dogs").find(Filters.exists(from))) {
            context.template()
                    .updateFirst(
                            Query.query(Criteria.where("_id").is(dog.get("_id"))),
                            new Update()
                                    .set(
                                            to,
                                            weight.applyAsDouble(
                                                    dog.get(from, Number.class).doubleValue()))
                                    .unset(from),
                            "dogs");
        }
    }
}

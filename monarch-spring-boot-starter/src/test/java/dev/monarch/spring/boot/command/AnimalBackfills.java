package dev.monarch.spring.boot.command;

import java.util.List;

import com.mongodb.client.model.Filters;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.monarch.backfill.Backfill;
import dev.monarch.backfill.BackfillSet;
import dev.monarch.backfill.BackfillSet.RegisteredBackfill;
import dev.monarch.backfill.BackfillStatus;
import dev.monarch.backfill.Backfills;
import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.backfill.DocumentBackfill;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.TestMongo;

/** A backfill of the shelter, which cannot weigh a tiger. */
@Configuration(proxyBeanMethods = false)
class AnimalBackfills {

    /** Between the migrations of the shelter. */
    static final String WEIGHT = "1-weight-in-kg";

    @Bean
    @Backfill(WEIGHT)
    Weight weight() {
        return new Weight();
    }

    static void insert(TestMongo mongo, String... names) {
        mongo.database()
                .getCollection("animals")
                .insertMany(List.of(names).stream()
                        .map(name -> new Document("_id", name).append("grams", 1000))
                        .toList());
    }

    /** Runs it as an instance of the application does. */
    static BackfillStatus run(TestMongo mongo) {
        BackfillSettings settings = new BackfillSettings(
                "monarch.history", "default", LockSettings.DEFAULT, new Rate(1.0, null), false, 1000);
        return new Backfills(
                        MonarchEnvironment.using("default", Protection.OFF, mongo.client(), mongo.databaseName()),
                        BackfillSet.of(List.of(new RegisteredBackfill(WEIGHT, new Weight()))),
                        settings)
                .run(WEIGHT);
    }

    static final class Weight implements DocumentBackfill {

        @Override
        public BackfillSource source() {
            return BackfillSource.of("animals", Filters.exists("kg", false));
        }

        @Override
        public Change change(RawBsonDocument animal) {
            if (animal.getString("_id").getValue().equals("Tiger")) {
                throw new IllegalStateException("it bites");
            }
            return Change.set("kg", animal.getInt32("grams").getValue() / 1000);
        }
    }
}

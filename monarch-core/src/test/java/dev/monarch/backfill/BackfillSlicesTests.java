package dev.monarch.backfill;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import org.junit.jupiter.api.Test;

import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.backfill.TestBackfills.WeightInKg;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static dev.monarch.backfill.TestBackfills.ID;
import static dev.monarch.backfill.TestBackfills.dogs;
import static dev.monarch.backfill.TestBackfills.insertDogs;
import static org.assertj.core.api.Assertions.assertThat;

/** At a limited rate, the application waits for a few documents at most, not for a whole batch. */
@MongoTest
class BackfillSlicesTests {

    private static final int DOGS = 200;

    private static final int SLICE = 20;

    private final List<Integer> writes = new CopyOnWriteArrayList<>();

    @Test
    void aLimitedRateWritesFewDocumentsAtOnce(TestMongo mongo) {
        run(mongo, new Rate(0.5, null));

        assertThat(writes.get(0)).isLessThanOrEqualTo(SLICE);
        assertThat(writes).hasSizeGreaterThan(2);
    }

    @Test
    void theFullRateWritesABatchAtOnce(TestMongo mongo) {
        run(mongo, new Rate(1.0, null));

        assertThat(Collections.max(writes)).isGreaterThan(SLICE);
    }

    private void run(TestMongo mongo, Rate rate) {
        insertDogs(mongo, DOGS);
        BackfillSettings settings =
                new BackfillSettings("monarch.history", "default", TestBackfills.QUICK_LOCK, rate, false, 1000);
        try (MongoClient client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongo.uri()))
                .addCommandListener(new Writes())
                .build())) {
            MonarchEnvironment environment =
                    MonarchEnvironment.using("test", Protection.DEFAULT, client, mongo.databaseName());

            assertThat(TestBackfills.of(environment, new WeightInKg(), settings)
                            .run(ID)
                            .state())
                    .isEqualTo(State.DONE);
        }
        assertThat(dogs(mongo).countDocuments(Filters.exists("kg"))).isEqualTo(DOGS);
    }

    /** The number of documents in each write to the collection. */
    private final class Writes implements CommandListener {

        @Override
        public void commandStarted(CommandStartedEvent event) {
            if (event.getCommandName().equals("update")
                    && event.getCommand().getString("update").getValue().equals("dogs")) {
                writes.add(event.getCommand().getArray("updates").size());
            }
        }
    }
}

package dev.monarch.spring.boot.command;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** A backfill that failed, and tries again. */
@MongoTest
class RetryFailedVerbTests {

    private static Commands shelter(TestMongo mongo) {
        return Commands.on(mongo).and(AnimalBackfills.class);
    }

    @Test
    void itTriesTheDocumentsAgainThatItHasSetAside(TestMongo mongo) {
        AnimalBackfills.insert(mongo, "Rex", "Tiger");
        assertThat(shelter(mongo).run("retry-failed", AnimalBackfills.WEIGHT).err())
                .contains("It has not failed");
        assertThat(AnimalBackfills.run(mongo).state()).isEqualTo(State.FAILED);
        mongo.database().getCollection("animals").deleteOne(new Document("_id", "Tiger"));

        Result result = shelter(mongo).run("retry-failed", AnimalBackfills.WEIGHT);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(AnimalBackfills.run(mongo).state()).isEqualTo(State.DONE);
    }
}

package dev.monarch.spring.boot.command;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** A backfill that is paused. */
@MongoTest
class PauseVerbTests {

    private static Commands shelter(TestMongo mongo) {
        return Commands.on(mongo).and(AnimalBackfills.class);
    }

    @Test
    void itIsPausedUntilItIsResumed(TestMongo mongo) {
        AnimalBackfills.insert(mongo, "Rex");

        Result result = shelter(mongo).run("pause", AnimalBackfills.WEIGHT);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out())
                .startsWith("Environment 'default': backfill '1-weight-in-kg' is paused (0 % of pass 1")
                .endsWith(").\n");
        Document shown = shelter(mongo).run("backfills", "--output", "json").json();
        assertThat(shown.getList("backfills", Document.class))
                .extracting(backfill -> backfill.getString("state"))
                .containsExactly("PAUSED");
    }

    @Test
    void oneThatDoesNotExistOrIsDoneCannotBePaused(TestMongo mongo) {
        Result unknown = shelter(mongo).run("pause", "9-weight");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("'9-weight'", "There is no backfill of this id.");

        AnimalBackfills.insert(mongo, "Rex");
        AnimalBackfills.run(mongo);
        Result done = shelter(mongo).run("pause", AnimalBackfills.WEIGHT);
        assertThat(done.exit()).isEqualTo(2);
        assertThat(done.err()).contains("It is done.");
    }
}

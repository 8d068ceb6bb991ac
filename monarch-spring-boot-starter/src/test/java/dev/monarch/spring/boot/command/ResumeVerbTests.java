package dev.monarch.spring.boot.command;

import org.junit.jupiter.api.Test;

import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** A paused backfill that continues. */
@MongoTest
class ResumeVerbTests {

    private static Commands shelter(TestMongo mongo) {
        return Commands.on(mongo).and(AnimalBackfills.class);
    }

    @Test
    void itContinues(TestMongo mongo) {
        AnimalBackfills.insert(mongo, "Rex");
        shelter(mongo).run("pause", AnimalBackfills.WEIGHT);

        Result result = shelter(mongo).run("resume", AnimalBackfills.WEIGHT, "default");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("Environment 'default': backfill '1-weight-in-kg' has not started");
        assertThat(AnimalBackfills.run(mongo).state()).isEqualTo(State.DONE);
    }
}

package dev.monarch.spring.boot.command;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** The backfills of an environment, as the verbs backfills and status show them. */
@MongoTest
class BackfillsVerbTests {

    private static Commands shelter(TestMongo mongo) {
        return Commands.on(mongo).and(AnimalBackfills.class);
    }

    @Test
    void eachBackfillIsShownWithItsProgressAndItsErrors(TestMongo mongo) {
        AnimalBackfills.insert(mongo, "Rex", "Tiger");
        assertThat(shelter(mongo).run("backfills").out().lines())
                .containsExactly(
                        "BACKFILL        STATUS   PROGRESS                    PASS  RATE  LEFT  SET ASIDE",
                        "1-weight-in-kg  PENDING  [--------------------] 0 %  1     -     -     0");

        AnimalBackfills.run(mongo);

        Result verbose = shelter(mongo).run("backfills", "default", "-v");
        assertThat(verbose.exit()).isZero();
        assertThat(verbose.out().lines())
                .element(1)
                .asString()
                .startsWith("1-weight-in-kg  FAILED ")
                .endsWith(" 1");
        assertThat(verbose.out().lines())
                .contains(
                        "    error: 1 document could not be changed, and was set aside",
                        "Backfill '1-weight-in-kg' has set aside 1 document:",
                        "    {\"_id\": \"Tiger\"}: java.lang.IllegalStateException: it bites");
        Document json = shelter(mongo).run("backfills", "--output", "json").json();
        assertThat(json.getString("environment")).isEqualTo("default");
        assertThat(json.getList("backfills", Document.class).get(0))
                .containsEntry("id", AnimalBackfills.WEIGHT)
                .containsEntry("state", "FAILED")
                .containsEntry("collection", "animals")
                .containsEntry("changed", 1)
                .containsEntry("setAside", 1)
                .containsEntry("dutyCycle", 0.2);
    }

    @Test
    void statusShowsThemInTheOrderOfTheIds(TestMongo mongo) {
        Commands.Result result = shelter(mongo).run("status");
        assertThat(result.out().lines())
                .containsExactly(
                        "MIGRATION OR BACKFILL  STATUS            WHEN  TOOK  ATTEMPTS",
                        "1-first-animals        PENDING           -     -     -",
                        "1-weight-in-kg         BACKFILL PENDING  -     -     -",
                        "2-long-walk            PENDING           -     -     -",
                        "",
                        "Environment 'default': 2 of 2 pending.");
        AnimalBackfills.insert(mongo, "Rex");
        AnimalBackfills.run(mongo);
        Document json = shelter(mongo)
                .run("status", AnimalBackfills.WEIGHT, "--output", "json")
                .json();
        assertThat(json.getList("migrations", Document.class)).isEmpty();
        assertThat(json.getList("backfills", Document.class))
                .extracting(backfill -> backfill.getString("state"))
                .containsExactly("DONE");
    }

    @Test
    void withoutBackfillsItSaysSo(TestMongo mongo) {
        assertThat(Commands.on(mongo).run("backfills").out()).isEqualTo("Environment 'default': no backfills exist.\n");
    }
}

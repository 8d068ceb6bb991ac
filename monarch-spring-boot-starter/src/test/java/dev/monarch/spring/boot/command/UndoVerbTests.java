package dev.monarch.spring.boot.command;

import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.backfill.BackfillSet;
import dev.monarch.backfill.BackfillSet.RegisteredBackfill;
import dev.monarch.backfill.Backfills;
import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;

/** A backfill is undone by a command. */
@MongoTest
class UndoVerbTests {

    @Test
    void documentsBecomeWhatTheyWereAndTheOthersAreListed(TestMongo mongo) {
        AnimalBackfills.insert(mongo, "Rex", "Bello", "Luna");
        run(mongo);
        mongo.database().getCollection("animals").updateOne(Filters.eq("_id", "Rex"), Updates.set("owner", "Ann"));
        Commands shelter = Commands.on(mongo).and(AnimalBackfills.class);

        assertThat(shelter.run("undo", AnimalBackfills.WEIGHT, "--dry-run").out())
                .startsWith("Environment 'default': 3 documents of 'animals' will become what they were before");
        Result undone = shelter.run("undo", AnimalBackfills.WEIGHT, "--confirm", "default", "--output", "json");
        assertThat(undone.exit()).as(undone.err()).isZero();
        assertThat(undone.json())
                .containsEntry("undone", 2)
                .containsEntry("left", 1)
                .containsEntry("complete", true);
        assertThat(undone.json().getList("documents", Document.class))
                .extracting(left -> left.getString("document"))
                .containsExactly("Rex");
        assertThat(mongo.database().getCollection("animals").find(Filters.exists("kg")))
                .extracting(animal -> animal.getString("_id"))
                .containsExactly("Rex");
        assertThat(shelter.run("backfills").out()).contains("UNDONE");

        Result removed =
                shelter.run("undo", AnimalBackfills.WEIGHT, "default", "--remove-originals", "--confirm", "default");
        assertThat(removed.out()).contains("can no longer be undone");
        Result nothing = shelter.run("undo", AnimalBackfills.WEIGHT);
        assertThat(nothing.exit()).isNotZero();
        assertThat(nothing.err()).contains("It has no originals");
    }

    @Test
    void whatIsRefusedAnywayAsksForNothing(TestMongo mongo) {
        AnimalBackfills.insert(mongo, "Rex");
        run(mongo);
        Commands production = Commands.on(mongo).and(AnimalBackfills.class).with("--monarch.environment=production");
        Result possible = production.run("undo", AnimalBackfills.WEIGHT);
        assertThat(possible.exit()).isEqualTo(3);
        assertThat(possible.err()).contains("1 document of 'animals' will become", "--confirm production");

        Result unknown = production.run("undo", "1-no-backfill");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("It has no originals").doesNotContain("--confirm");
        Result nothing = production.run("undo", "1-no-backfill", "--remove-originals");
        assertThat(nothing.exit()).isZero();
        assertThat(nothing.out()).isEqualTo("Environment 'production': '1-no-backfill' has no originals.\n");

        Result removed = production.run(
                "undo", AnimalBackfills.WEIGHT, "production", "--remove-originals", "--confirm", "production");
        assertThat(removed.exit()).as(removed.err()).isZero();
    }

    /** The embedded server's collections have no UUID. */
    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void withoutItsCollectionItAsksForNothing(TestMongo mongo) {
        AnimalBackfills.insert(mongo, "Rex");
        run(mongo);
        mongo.database().getCollection("animals").drop();

        Result gone = Commands.on(mongo)
                .and(AnimalBackfills.class)
                .with("--monarch.environment=production")
                .run("undo", AnimalBackfills.WEIGHT);

        assertThat(gone.exit()).isEqualTo(2);
        assertThat(gone.err())
                .contains("There is no collection 'animals' any more.")
                .doesNotContain("--confirm", "will become");
    }

    /** Runs it as an instance of the application does, with originals. */
    private static void run(TestMongo mongo) {
        BackfillSettings settings = new BackfillSettings(
                "monarch.history", "default", LockSettings.DEFAULT, new Rate(1.0, null), false, 1000);
        RegisteredBackfill backfill =
                new RegisteredBackfill(AnimalBackfills.WEIGHT, new AnimalBackfills.Weight()).keepingOriginals();
        new Backfills(
                        MonarchEnvironment.using("default", Protection.OFF, mongo.client(), mongo.databaseName()),
                        BackfillSet.of(List.of(backfill)),
                        settings)
                .run(AnimalBackfills.WEIGHT);
    }
}

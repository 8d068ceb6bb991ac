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

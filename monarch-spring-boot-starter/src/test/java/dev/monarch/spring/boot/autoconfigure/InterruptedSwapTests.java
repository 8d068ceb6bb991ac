package dev.monarch.spring.boot.autoconfigure;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.monarch.test.JournalEntries;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** The next start completes the swap of a restore that died, before it migrates. */
@MongoTest
@ExtendWith(OutputCaptureExtension.class)
class InterruptedSwapTests {

    @Test
    void theNextStartFinishesTheSwap(TestMongo mongo) {
        mongo.database().getCollection("dogs").insertOne(new Document("_id", "old"));
        mongo.database().getCollection("monarch.stage.1a2b3c4d.0").insertOne(new Document("_id", "new"));
        JournalEntries.insert(
                mongo.database(),
                JournalEntries.swap(
                        "SWAPPING",
                        JournalEntries.step("RENAME", "dogs")
                                .append("staging", "monarch.stage.1a2b3c4d.0")
                                .append("replaces", JournalEntries.identity(mongo.database(), "dogs"))));

        Kennel.start(Kennel.application(Kennel.Migrations.class), mongo).close();

        assertThat(mongo.database().getCollection("dogs").find())
                .singleElement()
                .satisfies(dog -> assertThat(dog.getString("_id")).isEqualTo("new"));
        assertThat(mongo.database().getCollection("monarch.journal").countDocuments())
                .isZero();
        assertThat(mongo.database().listCollectionNames()).noneMatch(name -> name.startsWith("monarch.stage."));
        assertThat(Kennel.history(mongo)).containsExactly("1-dogs APPLIED", "2-houses APPLIED");
    }

    @Test
    void foreignEntriesAreNamedWithTheCommandThatRemovesThem(TestMongo mongo, CapturedOutput output) {
        JournalEntries.insertForeign(mongo.database());

        Kennel.start(Kennel.application(Kennel.Migrations.class), mongo).close();

        assertThat(output.getAll().lines().filter(line -> line.contains("('1a2b3c4d')")))
                .singleElement()
                .asString()
                .contains(
                        " WARN ",
                        "it belongs to the database 'shop'. Monarch ignores it. 'monarch swap default --abandon' removes it,");
        assertThat(mongo.database().getCollection("monarch.journal").countDocuments())
                .isEqualTo(1);
    }
}

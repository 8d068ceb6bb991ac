package dev.monarch.spring.boot.autoconfigure;

import java.util.Date;
import java.util.List;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.monarch.test.JournalEntries;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** What a restore that died left behind is ended by the next start, before it migrates. */
@MongoTest
@ExtendWith(OutputCaptureExtension.class)
class InterruptedSwapTests {

    @Test
    void theNextStartFinishesTheSwap(TestMongo mongo) {
        mongo.database().getCollection("dogs").insertOne(new Document("_id", "old"));
        mongo.database().getCollection("monarch.stage.1a2b3c4d.0").insertOne(new Document("_id", "new"));
        JournalEntries.insert(
                mongo.database(),
                new Document("_id", "1a2b3c4d")
                        .append("state", "SWAPPING")
                        .append("purpose", "restore into")
                        .append("host", "web-1:4711")
                        .append("since", new Date())
                        .append("done", 0)
                        .append(
                                "steps",
                                List.of(new Document("kind", "RENAME")
                                        .append("target", "dogs")
                                        .append("staging", "monarch.stage.1a2b3c4d.0")
                                        .append("replaces", identity(mongo, "dogs")))));

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
    void whatAnotherToolBroughtIsNamedWithTheCommandThatRemovesIt(TestMongo mongo, CapturedOutput output) {
        mongo.database()
                .getCollection("monarch.journal")
                .insertOne(new Document("_id", "1a2b3c4d")
                        .append("state", "SWAPPING")
                        .append("purpose", "restore into")
                        .append("host", "web-1:4711")
                        .append("since", new Date(0))
                        .append("database", "shop")
                        .append("done", 0)
                        .append("steps", List.of()));

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

    /** What a step of a swap expects to find: a UUID, or where the server has none, what the collection is like. */
    private static Document identity(TestMongo mongo, String collection) {
        for (Document listed : mongo.database().listCollections()) {
            if (listed.getString("name").equals(collection)) {
                Object uuid = listed.get("info", new Document()).get("uuid");
                return uuid == null
                        ? new Document("type", "COLLECTION").append("options", listed.get("options", new Document()))
                        : new Document("uuid", uuid);
            }
        }
        throw new AssertionError("There is no '" + collection + "'");
    }
}

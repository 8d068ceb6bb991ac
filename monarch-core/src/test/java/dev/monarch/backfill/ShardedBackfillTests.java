package dev.monarch.backfill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

import dev.monarch.backfill.BackfillSet.RegisteredBackfill;
import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backfill.Backfills.UndoReport;
import dev.monarch.engine.version.DriverAnswers;
import dev.monarch.engine.version.VersionBackfill;
import dev.monarch.engine.version.VersionedCollections;
import dev.monarch.engine.version.VersionedDatabase;
import dev.monarch.environment.Approval;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;
import dev.monarch.version.WholeKilograms;

import static dev.monarch.backfill.TestBackfills.ID;
import static dev.monarch.backfill.TestBackfills.dogs;
import static org.assertj.core.api.Assertions.assertThat;

/** A sharded collection whose shard key is not the {@code _id}. */
@MongoTest(topology = Topology.SHARDED_CLUSTER)
class ShardedBackfillTests {

    private static final int DOGS = 600;

    private final TestMongo mongo;

    ShardedBackfillTests(TestMongo mongo) {
        this.mongo = mongo;
    }

    @BeforeEach
    void shard() {
        MongoDatabase admin = mongo.client().getDatabase("admin");
        admin.runCommand(new Document("enableSharding", mongo.databaseName()));
        String dogs = mongo.databaseName() + ".dogs";
        admin.runCommand(new Document("shardCollection", dogs).append("key", new Document("name", 1)));
        // Several ranges, between which the order of the names is not that of the ids.
        admin.runCommand(new Document("split", dogs).append("middle", new Document("name", "dog 3")));
        List<BsonDocument> all = new ArrayList<>();
        for (int id = 1; id <= DOGS; id++) {
            all.add(BsonDocument.parse(
                    "{_id: " + id + ", name: 'dog " + (7 * id % 10) + " " + id + "', weight: 20, a: {b: 1}}"));
        }
        dogs(mongo).insertMany(all);
    }

    private Map<BsonInt32, BsonDocument> contents() {
        Map<BsonInt32, BsonDocument> contents = new TreeMap<>();
        dogs(mongo).find().forEach(dog -> contents.put(dog.getInt32("_id"), dog));
        return contents;
    }

    @Test
    void aBackfillChangesItInEveryWayAndIsUndone() {
        Map<BsonInt32, BsonDocument> before = contents();
        Backfills backfills = TestBackfills.keeping(mongo, new DocumentBackfill() {
            @Override
            public BackfillSource source() {
                return BackfillSource.of("dogs", Filters.exists("done", false));
            }

            @Override
            public Change change(RawBsonDocument dog) {
                return switch (dog.getInt32("_id").getValue() % 4) {
                    case 0 -> Change.delete();
                    case 1 ->
                        Change.replace(new BsonDocument("name", dog.get("name")).append("done", new BsonInt32(1)));
                    case 2 -> Change.set("a.b", 2).set("done", 1);
                    default -> Change.set("done", 1).unset("weight");
                };
            }
        });

        assertThat(backfills.run(ID).state()).isEqualTo(State.DONE);

        assertThat(dogs(mongo).countDocuments(Filters.exists("done", false))).isZero();
        assertThat(dogs(mongo).countDocuments()).isEqualTo(DOGS * 3 / 4);
        UndoReport report = backfills.undo(ID, Approval.confirmed());
        assertThat(report.documents()).isEmpty();
        assertThat(report.undone()).isEqualTo(DOGS);
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void updatesAndBackfillsOfVersionsWork() {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("kilograms", new WholeKilograms());
        VersionedCollections versions = VersionedCollections.in(beans, "_v");
        MongoCollection<Document> versioned = VersionedDatabase.of(
                        MongoDatabase.class,
                        mongo.database(),
                        versions,
                        DriverAnswers.synchronous(() -> mongo.client().startSession()))
                .getCollection("dogs");

        versioned.updateOne(Filters.eq("name", "dog 7 1"), Updates.inc("weight_kg", 1));
        versioned.findOneAndUpdate(
                Filters.eq("name", "dog 4 2"), Updates.inc("weight_kg", 1), new FindOneAndUpdateOptions());
        versioned.updateMany(Filters.in("_id", 3, 4, 5), Updates.inc("weight_kg", 1));
        versioned.updateOne(Filters.eq("name", "new"), Updates.set("weight_kg", 11), new UpdateOptions().upsert(true));
        assertThat(dogs(mongo).countDocuments(Document.parse("{weight_kg: 11, weight: 22, _v: 2}")))
                .isEqualTo(6);

        RegisteredBackfill backfill =
                VersionBackfill.of(versions.all().iterator().next());
        Backfills backfills =
                new Backfills(TestBackfills.environment(mongo), BackfillSet.of(List.of(backfill)), TestBackfills.FULL);
        assertThat(backfills.run(backfill.id()).state()).isEqualTo(State.DONE);
        assertThat(dogs(mongo).countDocuments(Document.parse("{weight_kg: 10, weight: 20, _v: 2}")))
                .isEqualTo(DOGS - 5);
    }
}

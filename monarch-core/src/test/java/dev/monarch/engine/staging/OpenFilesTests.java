package dev.monarch.engine.staging;

import java.util.List;

import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;

import dev.monarch.engine.staging.OpenFiles.Verdict;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

import static org.assertj.core.api.Assertions.assertThat;

class OpenFilesTests {

    private static final Catalogue COMING = new Catalogue(
            "kennel",
            List.of(
                    collection("dogs", CollectionType.COLLECTION, "{}", "{name: 'name_1', key: {name: 1}}"),
                    collection("logs", CollectionType.COLLECTION, "{clusteredIndex: {key: {_id: 1}, unique: true}}"),
                    collection("weather", CollectionType.TIME_SERIES, "{timeseries: {timeField: 'at'}}"),
                    collection("puppies", CollectionType.VIEW, "{viewOn: 'dogs', pipeline: []}")));

    @Test
    void thePlanWarnsFromSixtyPercentAndRefusesFromNinety() {
        assertThat(new OpenFiles(300, 299, 1_000).verdict()).isEqualTo(Verdict.ENOUGH);
        assertThat(new OpenFiles(300, 300, 1_000).verdict()).isEqualTo(Verdict.WARN);
        assertThat(new OpenFiles(300, 599, 1_000).verdict()).isEqualTo(Verdict.WARN);
        assertThat(new OpenFiles(300, 600, 1_000).verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(new OpenFiles(300, 600, 0).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(new OpenFiles(300, 600, 1_000).describe())
                .isEqualTo(
                        "the server can keep 1000 files open, and would have 900 collections and indexes: 300 existing ones, and 600 that are loaded");
    }

    @Test
    @MongoTest
    void eachCollectionAndEachIndexIsAFile(TestMongo mongo) {
        OpenFiles files = OpenFiles.of(target(mongo), COMING);

        assertThat(files.staged()).isEqualTo(3 + 1 + 1);
        if (!mongo.isReal()) {
            assertThat(files.verdict()).isEqualTo(Verdict.UNKNOWN);
        }
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, own = true)
    void theFilesOfAllDatabasesAreCounted(TestMongo mongo) {
        // Otherwise the server creates its collection of sessions at an unknown time.
        mongo.client()
                .getDatabase("admin")
                .runCommand(new BsonDocument("refreshLogicalSessionCacheNow", new BsonInt32(1)));
        OpenFiles before = OpenFiles.of(target(mongo), COMING);
        StagedDatabaseTests.fill(StagedDatabaseTests.other(mongo), "dogs", 1);
        StagedDatabaseTests.other(mongo).getCollection("dogs").createIndex(BsonDocument.parse("{name: 1}"));

        OpenFiles after = OpenFiles.of(target(mongo), COMING);

        assertThat(after.existing()).isEqualTo(before.existing() + 3);
        assertThat(after.limit()).isPositive();
    }

    private static MonarchEnvironment target(TestMongo mongo) {
        return MonarchEnvironment.using("kennel", Protection.DEFAULT, mongo.client(), mongo.databaseName());
    }

    private static CollectionDescription collection(
            String name, CollectionType type, String options, String... indexes) {
        return new CollectionDescription(
                name,
                type,
                BsonDocument.parse(options),
                List.of(indexes).stream().map(BsonDocument::parse).toList(),
                null);
    }
}

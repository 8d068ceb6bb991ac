package dev.monarch.backup;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.Fact;
import dev.monarch.OperationRefusedException;
import dev.monarch.copy.CopyRequest;
import dev.monarch.environment.Approval;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.replacement.ReplacementPlan;
import dev.monarch.replacement.ReplacementPlan.UnshardedCollection;
import dev.monarch.replacement.ReplacementRequest.CollectionRename;
import dev.monarch.test.Fault;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.transfer.CollectionDescription.ShardKey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** Shard keys, on a server that pretends to be a sharded cluster. {@link ShardedClusterTests} uses a real one. */
@MongoTest
class ShardKeyTests {

    private static final String DOGS_UNSHARDED = "Sharded in the source, but not in 'staging': 'dogs' by"
            + " {\"owner\": 1}, 'hounds' by {\"name\": \"hashed\"} (unique).";

    private final TestMongo mongo;

    private final FaultyLine line;

    private final MongoClient cluster;

    private final String staging;

    @TempDir
    private Path folder;

    ShardKeyTests(TestMongo mongo) {
        assumeFalse(mongo.isReal(), "a real server would be taken for a mongos by the driver, too");
        this.mongo = mongo;
        this.line = FaultyLine.to(mongo);
        this.cluster = MongoClients.create(line.uri());
        this.staging = mongo.databaseName() + "_s";
        mongo.uri(staging);
    }

    @BeforeEach
    void aShardedDatabase() {
        line.amend("hello", answer -> answer.append("msg", new BsonString("isdbgrid")));
        for (String collection : List.of("dogs", "hounds", "cats", "birds")) {
            KennelDatabase.fill(mongo.database(), collection, 3);
        }
        sharded("dogs", "{key: {owner: 1}, unique: false}");
        sharded("hounds", "{key: {name: 'hashed'}, unique: true}");
        sharded("cats", "{key: {name: 1}, unique: false, dropped: true}");
        sharded("birds", "{key: {_id: 1}, unique: false, unsplittable: true}");
    }

    @AfterEach
    void nothingStaysInTheSharedConfiguration() {
        configuration().deleteMany(new Document("_id", new Document("$regex", "^" + mongo.databaseName())));
        cluster.close();
        line.close();
    }

    private MongoCollection<Document> configuration() {
        return mongo.client().getDatabase("config").getCollection("collections");
    }

    private void sharded(String collection, String entry) {
        sharded(mongo.databaseName(), collection, entry);
    }

    private void sharded(String database, String collection, String entry) {
        Document document = new Document("_id", database + "." + collection);
        document.putAll(Document.parse(entry));
        configuration().insertOne(document);
    }

    private Kennel kennel() {
        return Kennel.of(folder, environment("kennel", mongo.databaseName()), environment("staging", staging));
    }

    private MonarchEnvironment environment(String name, String database) {
        return KennelDatabase.environment(name, cluster, database);
    }

    private MongoDatabase target() {
        return mongo.client().getDatabase(staging);
    }

    private static ShardKey key(String key, boolean unique) {
        return new ShardKey(BsonDocument.parse(key), unique);
    }

    @Test
    void aBackupContainsTheShardKeys() {
        sharded(mongo.databaseName() + "_other", "dogs", "{key: {other: 1}, unique: false}");

        Manifest backup = kennel().backUp("kennel");

        Map<String, ShardKey> expected =
                Map.of("dogs", key("{owner: 1}", false), "hounds", key("{name: 'hashed'}", true));
        assertThat(backup.shardKeys()).isEqualTo(expected);
        assertThat(kennel().backups().find(backup.name(), null).shardKeys()).isEqualTo(expected);
        assertThat(backup.reading().warnings()).isEmpty();
    }

    /** The server stores the key with the fields of the buckets. */
    @Test
    void theShardKeyOfATimeSeriesNamesFieldsOfItsMeasurements() {
        KennelDatabase.fill(mongo.database(), "weather", 1);
        sharded(
                "system.buckets.weather",
                "{key: {'meta.place': 1, 'control.min.at': 1}, unique: false,"
                        + " timeseriesFields: {timeField: 'at', metaField: 'station'}}");

        assertThat(kennel().backUp("kennel").shardKeys())
                .containsEntry("weather", key("{'station.place': 1, at: 1}", false));
    }

    @Test
    void aBackupReportsUnreadableShardKeys() {
        line.fail(
                sent -> sent.get("find", new BsonString("")).equals(new BsonString("collections")),
                1,
                Fault.error(13, "Unauthorized"));

        Manifest backup = kennel().backUp("kennel");

        assertThat(line.left()).isZero();
        assertThat(backup.shardKeys()).isEmpty();
        assertThat(backup.reading().warnings())
                .containsExactly("The shard keys are unknown: the user may not read config.collections.");
    }

    @Test
    void aServerOutsideAClusterHasNoShardKeys() {
        line.amend("hello", answer -> answer);

        assertThat(kennel().backUp("kennel").shardKeys()).isEmpty();
    }

    @Test
    void aRestoreReportsCollectionsThatItDoesNotShard() {
        Manifest backup = kennel().backUp("kennel");

        ReplacementPlan plan = kennel().restores().plan(Kennel.request(backup, "staging"), Approval.naming("staging"));
        RestoreReport report =
                kennel().restores().restore(Kennel.request(backup, "staging"), Approval.naming("staging"));

        assertThat(plan.warnings())
                .extracting(Fact::text)
                .contains(
                        "'staging' is on a sharded cluster, and Monarch does not shard: the loaded collections are not sharded.",
                        DOGS_UNSHARDED);
        assertThat(plan.unsharded())
                .containsExactly(
                        new UnshardedCollection(staging, "dogs", key("{owner: 1}", false), false),
                        new UnshardedCollection(staging, "hounds", key("{name: 'hashed'}", true), false));
        assertThat(report.replacement().unsharded()).isEqualTo(plan.unsharded());
        assertThat(target().getCollection("dogs").countDocuments()).isEqualTo(3);
    }

    @Test
    void outsideAClusterARestoreReportsNoUnshardedCollections() {
        Manifest backup = kennel().backUp("kennel");
        line.amend("hello", answer -> answer);

        ReplacementPlan plan = kennel().restores().plan(Kennel.request(backup, "staging"), Approval.naming("staging"));

        assertThat(plan.unsharded()).isEmpty();
        assertThat(plan.warnings()).noneMatch(warning -> warning.text().contains("shard"));
    }

    @Test
    void aCopyReportsShardKeysUnderTheNewNames() {
        ReplacementPlan plan = ShardedClusterTests.copies(
                        environment("kennel", mongo.databaseName()), environment("staging", staging))
                .plan(
                        CopyRequest.of("kennel", "staging")
                                .renaming(List.of(new CollectionRename("hounds", "old_dogs"))),
                        Approval.confirmed());

        assertThat(plan.unsharded()).extracting(each -> each.collection()).containsExactly("dogs", "old_dogs");
    }

    @Test
    void aShardedTargetIsRefusedAndNotReportedAsUnsharded() {
        Manifest backup = kennel().backUp("kennel");
        KennelDatabase.fill(target(), "dogs", 1);
        line.amend("collStats", answer -> answer.append("sharded", BsonBoolean.TRUE));
        RestoreRequest inPlace = Kennel.request(backup, "staging").inPlace();

        assertThat(kennel().restores()
                        .plan(inPlace, Approval.naming(inPlace.environment()))
                        .unsharded())
                .extracting(each -> each.collection())
                .containsExactly("hounds");
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> kennel().restores().restore(inPlace, Approval.naming(inPlace.environment())))
                .withMessageContaining(
                        "'dogs' is sharded, and a replacement would lose its shard key, zones and chunks");
        assertThat(target().getCollection("dogs").countDocuments()).isEqualTo(1);
    }
}

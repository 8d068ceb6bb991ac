package dev.monarch.backup;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Collation;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.TimeSeriesOptions;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

import dev.monarch.Fact;
import dev.monarch.OperationRefusedException;
import dev.monarch.copy.CopyRequest;
import dev.monarch.copy.CopyService;
import dev.monarch.copy.CopyService.CopyReport;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.queryset.QuerySets;
import dev.monarch.replacement.ReplacementPlan;
import dev.monarch.replacement.ReplacementPlan.UnshardedCollection;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;
import dev.monarch.transfer.CollectionDescription.ShardKey;
import dev.monarch.transfer.Pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/** Sharded collections on a real cluster. */
@MongoTest(topology = Topology.SHARDED_CLUSTER)
class ShardedClusterTests {

    private static final ShardKey BY_NAME = new ShardKey(BsonDocument.parse("{name: 1}"), true);

    private final TestMongo mongo;

    private final String staging;

    @TempDir
    private Path folder;

    ShardedClusterTests(TestMongo mongo) {
        this.mongo = mongo;
        this.staging = mongo.databaseName() + "_s";
        mongo.uri(staging);
    }

    static CopyService copies(MonarchEnvironment... environments) {
        List<MonarchEnvironment> all = List.of(environments);
        return new CopyService(
                new EnvironmentRegistry(() -> all.get(0), all),
                new QuerySets(List.of(), null, null),
                new Guard(false),
                KennelDatabase.LOCK,
                KennelDatabase.HISTORY);
    }

    @BeforeEach
    void shardedDogs() {
        KennelDatabase.fill(mongo.database(), "dogs", 20);
        KennelDatabase.fill(mongo.database(), "cats", 10);
        shard(mongo.databaseName());
    }

    private void shard(String database) {
        mongo.client()
                .getDatabase(database)
                .getCollection("dogs")
                .createIndex(new Document("name", 1), new IndexOptions().unique(true));
        shard(database, "dogs", new Document("key", new Document("name", 1)).append("unique", true));
    }

    private void shard(String database, String collection, Document how) {
        MongoDatabase admin = mongo.client().getDatabase("admin");
        admin.runCommand(new Document("enableSharding", database));
        Document command = new Document("shardCollection", database + "." + collection);
        command.putAll(how);
        admin.runCommand(command);
    }

    private MonarchEnvironment environment(String name, String database) {
        return KennelDatabase.environment(name, mongo.client(), database);
    }

    private MonarchEnvironment[] both() {
        return new MonarchEnvironment[] {environment("kennel", mongo.databaseName()), environment("staging", staging)};
    }

    private Kennel kennel() {
        return Kennel.of(folder, both());
    }

    private MongoDatabase target() {
        return mongo.client().getDatabase(staging);
    }

    private boolean isSharded(String database) {
        return isSharded(database, "dogs");
    }

    private boolean isSharded(String database, String collection) {
        Document entry = new Document("_id", database + "." + collection).append("dropped", new Document("$ne", true));
        return mongo.client().getDatabase("config").getCollection("collections").countDocuments(entry) == 1;
    }

    @Test
    void aBackupContainsTheShardKey() {
        Manifest backup = kennel().backUp("kennel");

        assertThat(backup.source().server().topology()).isEqualTo("sharded cluster");
        assertThat(kennel().backups().find(backup.name(), null).shardKeys()).containsOnlyKeys("dogs");
        assertThat(backup.shardKeys()).containsEntry("dogs", BY_NAME);
    }

    @Test
    void aRestoreReportsThatItDoesNotShard() {
        Manifest backup = kennel().backUp("kennel");
        UnshardedCollection dogs = new UnshardedCollection(staging, "dogs", BY_NAME, false);

        ReplacementPlan plan = kennel().restores().plan(Kennel.request(backup, "staging"), Approval.naming("staging"));
        RestoreReport report =
                kennel().restores().restore(Kennel.request(backup, "staging"), Approval.naming("staging"));

        assertThat(plan.warnings())
                .extracting(Fact::text)
                .contains("Sharded in the source, but not in 'staging': 'dogs' by {\"name\": 1}" + " (unique).");
        assertThat(plan.unsharded()).containsExactly(dogs);
        assertThat(report.replacement().unsharded()).containsExactly(dogs);
        assertThat(KennelDatabase.contents(target())).isEqualTo(KennelDatabase.contents(mongo.database()));
        assertThat(isSharded(staging)).isFalse();
        assertThat(isSharded(mongo.databaseName())).isTrue();
    }

    /** With the shard key of the plan and the copied index, the collection can be sharded again. */
    @Test
    void aCollectionCanBeShardedAfterItsCopy() {
        CopyReport report = copies(both()).copy(CopyRequest.of("kennel", "staging"), Approval.naming("staging"));

        UnshardedCollection dogs = report.replacement().unsharded().get(0);
        shard(
                dogs.database(),
                dogs.collection(),
                new Document("key", dogs.shardKey().key())
                        .append("unique", dogs.shardKey().unique()));
        assertThat(isSharded(staging)).isTrue();
        assertThat(target().getCollection("dogs").countDocuments()).isEqualTo(20);
    }

    @Test
    void aCollectionWithACollationIsShardedWithTheSimpleCollation() {
        Collation german = Collation.builder().locale("de").build();
        Collation simple = Collation.builder().locale("simple").build();
        mongo.database().createCollection("birds", new CreateCollectionOptions().collation(german));
        mongo.database().getCollection("birds").insertOne(new Document("name", "Ämsel"));
        mongo.database()
                .getCollection("birds")
                .createIndex(new Document("name", 1), new IndexOptions().collation(simple));
        Document byName = new Document("key", new Document("name", 1)).append("collation", simple.asDocument());
        shard(mongo.databaseName(), "birds", byName);

        CopyReport report = copies(both()).copy(CopyRequest.of("kennel", "staging"), Approval.naming("staging"));

        assertThat(report.replacement().unsharded())
                .extracting(UnshardedCollection::collection, UnshardedCollection::collated)
                .containsExactly(tuple("birds", true), tuple("dogs", false));
        shard(staging, "birds", byName);
        assertThat(isSharded(staging, "birds")).isTrue();
    }

    @Test
    void anUnshardedTimeSeriesIsNotRefused() {
        Manifest backup = kennel().backUp("kennel");
        target().createCollection(
                        "weather", new CreateCollectionOptions().timeSeriesOptions(new TimeSeriesOptions("at")));

        assertThat(kennel().restores()
                        .plan(Kennel.request(backup, "staging"), Approval.naming("staging"))
                        .refusals())
                .isEmpty();
    }

    /** Its UUID and its documents stay the same. */
    @Test
    void aCollectionShardedDuringALoadIsNotReplaced() {
        KennelDatabase.fill(target(), "dogs", 5);
        AtomicBoolean once = new AtomicBoolean();
        CopyRequest slow = CopyRequest.of("kennel", "staging")
                .acceptingLostWrites()
                .paced(Pace.FULL.atMost(DataSize.ofKilobytes(4)))
                .reportingTo(progress -> {
                    if (once.compareAndSet(false, true)) {
                        shard(staging);
                    }
                });

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> copies(both()).copy(slow, Approval.naming("staging")))
                .withMessageContaining("'dogs' is sharded")
                .withMessageContaining("Nothing has been changed.");

        assertThat(isSharded(staging)).isTrue();
        assertThat(target().getCollection("dogs").countDocuments()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aShardedCollectionIsNotReplacedAndStaysSharded(boolean inPlace) {
        Manifest backup = kennel().backUp("kennel");
        KennelDatabase.fill(target(), "dogs", 5);
        shard(staging);
        RestoreRequest request = Kennel.request(backup, "staging");
        RestoreRequest asked = inPlace ? request.inPlace() : request;

        ReplacementPlan plan = kennel().restores().plan(asked, Approval.naming(asked.environment()));

        assertThat(plan.refusals())
                .extracting(Fact::text)
                .contains("'dogs' is sharded, and a replacement would lose its shard key, zones and chunks");
        assertThat(plan.unsharded()).isEmpty();
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> kennel().restores().restore(asked, Approval.naming(asked.environment())))
                .withMessageContaining("'dogs' is sharded");
        assertThat(isSharded(staging)).isTrue();
        assertThat(target().getCollection("dogs").countDocuments()).isEqualTo(5);
    }
}

package dev.monarch.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoDatabase;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.backup.Manifest.BackedUpCollection;
import dev.monarch.engine.archive.Fixture;
import dev.monarch.environment.Approval;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.replacement.LoadOptions.IndexChoice;
import dev.monarch.replacement.ReplacementPlan;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Omission;
import dev.monarch.transfer.TransferProgress.TransferListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Archives of other tools, versions and options are restored, and omissions are reported. */
@MongoTest
class ForeignArchiveTests {

    @TempDir
    private Path folder;

    @Test
    void theServersOwnCollectionsAreOmittedAndReported(TestMongo mongo) throws IOException {
        RestoreReport report = restore(mongo, "of-server-3.4-with-profile.archive");

        assertThat(names(mongo.database())).containsExactly("orders");
        assertThat(omissions(report))
                .containsExactly("Collection 'system.profile' is left out: it is the server's own.");
        assertThat(omissions(restore(mongo, "of-server-2.6-with-system-indexes.archive")))
                .containsExactly("Collection 'system.indexes' is left out: it is the server's own.");
        assertThat(names(mongo.database())).containsExactly("orders");
    }

    @Test
    void monarchsOwnCollectionsAreNotChanged(TestMongo mongo) throws IOException {
        MongoDatabase database = mongo.database();
        database.getCollection("monarch.schedules").insertOne(new Document("_id", "of the target"));

        RestoreReport report = restore(mongo, "with-what-is-monarchs-own.archive");

        assertThat(names(database)).containsExactly("customers", "orders");
        assertThat(database.getCollection("orders").countDocuments()).isEqualTo(3);
        assertThat(omissions(report))
                .containsExactly(
                        "Collection 'monarch.lock' is left out: it is Monarch's own.",
                        "Collection 'monarch.journal' is left out: it is Monarch's own.");
        // The foreign journal would drop the orders now.
        assertThat(kennel(mongo).backUp("kennel").collections())
                .extracting(BackedUpCollection::name)
                .containsExactly("customers", "orders");
    }

    @Test
    void monarchsOwnCollectionsAreNotChangedInPlace(TestMongo mongo) throws IOException {
        kennel(mongo)
                .restores()
                .restore(request("with-what-is-monarchs-own.archive").inPlace(), Approval.naming("kennel"));

        assertThat(names(mongo.database())).containsExactly("customers", "orders");
        assertThat(mongo.database().getCollection("monarch.lock").find(new Document("purpose", "restore x")))
                .isEmpty();
    }

    @Test
    void viewsDumpedAsCollectionsKeepTheirDocuments(TestMongo mongo) throws IOException {
        restore(mongo, "views-as-collections.archive");

        assertThat(mongo.database().getCollection("a_people").countDocuments()).isEqualTo(1);
    }

    @Test
    void oneOfSeveralDatabasesCanBeRestored(TestMongo mongo) throws IOException {
        RestoreRequest request = request("two-databases.archive");

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> kennel(mongo).restores().restore(request, Approval.naming("kennel")))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.SEVERAL_DATABASES_IN_ARCHIVE));
        kennel(mongo).restores().restore(request.ofDatabase("shop-test"), Approval.naming("kennel"));

        assertThat(names(mongo.database())).containsExactly("orders");
        assertThat(kennel(mongo)
                        .restores()
                        .plan(request.ofDatabase("shop"), Approval.naming("kennel"))
                        .omissions())
                .extracting(Omission::what)
                .containsExactly("Database 'shop-test'", "Database 'admin'");
    }

    @Test
    void allDatabasesOfAnArchiveAreVerified(TestMongo mongo) throws IOException {
        VerificationReport report = verify(mongo, "two-databases.archive");

        assertThat(report.findings()).isEmpty();
        assertThat(report.collections()).isEqualTo(3);
        assertThat(report.omissions())
                .extracting(Omission::toString)
                .containsExactly("Database 'admin' is left out: it is the server's own.");
    }

    @Test
    void anOplogInTheArchiveIsReported(TestMongo mongo) throws IOException {
        assertThat(verify(mongo, "with-oplog.archive").omissions())
                .extracting(Omission::what)
                .contains("The oplog");
        assertThat(kennel(mongo)
                        .restores()
                        .plan(request("with-oplog.archive"), Approval.naming("kennel"))
                        .omissions())
                .extracting(Omission::what)
                .contains("The oplog");
        assertThat(omissions(restore(mongo, "with-oplog.archive")))
                .anyMatch(sentence -> sentence.startsWith("The oplog is left out: Monarch does not replay it"));
    }

    @Test
    void unknownOptionsAreOmittedAndNothingIsCreatedBeforeTheSwap(TestMongo mongo) throws IOException {
        RestoreRequest request = request("with-create-among-the-options.archive");
        mongo.database().getCollection("dogs").insertOne(new Document("_id", "of the target"));

        // One of its indexes has a key that servers from 3.4 on reject.
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> kennel(mongo).restores().restore(request, Approval.naming("kennel")))
                .withMessageContaining("the index 'a_' of 'cats' cannot be built")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.LEGACY_INDEX));
        assertThat(names(mongo.database())).containsExactly("dogs");

        // The embedded server has no capped collections.
        RestoreRequest some = request.indexed(IndexChoice.CONVERT_LEGACY)
                .selecting(new CollectionSelection(List.of(), List.of("log")));
        for (int again = 0; again < 2; again++) {
            assertThat(omissions(kennel(mongo).restores().restore(some, Approval.naming("kennel"))))
                    .containsExactly("Option 'create' of 'dogs' is left out: servers have no such option.");
        }
        assertThat(names(mongo.database())).containsExactly("cats", "dogs");
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void cappedCollectionsOfOldServersStayCapped(TestMongo mongo) throws IOException {
        kennel(mongo)
                .restores()
                .restore(
                        request("with-create-among-the-options.archive").indexed(IndexChoice.CONVERT_LEGACY),
                        Approval.naming("kennel"));

        assertThat(options(mongo.database(), "log"))
                .containsEntry("capped", BsonBoolean.TRUE)
                .containsKeys("size", "max");
        assertThat(options(mongo.database(), "dogs")).isEmpty();
    }

    @Test
    void legacyIndexesAreRefusedConvertedOrOmitted(TestMongo mongo) throws IOException {
        RestoreRequest request = request("legacy-index-keys.archive");

        ReplacementPlan plan = kennel(mongo).restores().plan(request, Approval.naming("kennel"));
        assertThat(plan.refusals()).singleElement().asString().contains("the index 'a_1_b_true' of 'test_collection'");

        RestoreReport report = kennel(mongo)
                .restores()
                .restore(request.indexed(IndexChoice.CONVERT_LEGACY), Approval.naming("kennel"));
        assertThat(keys(mongo.database(), "test_collection")).contains("{\"a\": 1.0, \"b\": 1, \"c\": 1, \"d\": 1}");
        assertThat(omissions(report))
                .contains(
                        "Option 'safe' of the index 'a_1_b_true' of 'test_collection' is left out: servers have no such"
                                + " option.");

        assertThat(omissions(
                        kennel(mongo).restores().restore(request.indexed(IndexChoice.NONE), Approval.naming("kennel"))))
                .contains("Index 'a_1_b_true' of 'test_collection' is left out: no indexes were requested.");
        assertThat(keys(mongo.database(), "test_collection")).containsExactly("{\"_id\": 1}");
    }

    @Test
    void anIndexThatNoServerSupportsIsRefusedOrOmitted(TestMongo mongo) throws IOException {
        RestoreRequest request = request("geo-haystack.archive");

        assertThat(kennel(mongo)
                        .restores()
                        .plan(request, Approval.naming("kennel"))
                        .refusals())
                .singleElement()
                .asString()
                .contains("servers from 5.0 on have no geoHaystack indexes");
        assertThat(omissions(kennel(mongo)
                        .restores()
                        .restore(request.indexed(IndexChoice.CONVERT_LEGACY), Approval.naming("kennel"))))
                .containsExactly("Index 'f_1' of 'foo' is left out: servers from 5.0 on have no geoHaystack indexes.");
    }

    @Test
    void aTtlOptionWithoutEffectIsOmitted(TestMongo mongo) throws IOException {
        RestoreReport report = restore(mongo, "ttl-on-two-fields.archive");

        assertThat(omissions(report))
                .containsExactly(
                        "Option 'expireAfterSeconds' of the index 'finished_1_at_-1' of 'sessions' is left out:"
                                + " it has no effect on an index of several fields.");
        assertThat(keys(mongo.database(), "sessions")).contains("{\"finished\": 1, \"at\": -1}");
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void queriesInViewsAndValidatorsAreNotConverted(TestMongo mongo) throws IOException {
        restore(mongo, "view-with-regex.archive");
        assertThat(options(mongo.database(), "a_people")
                        .getArray("pipeline")
                        .get(0)
                        .asDocument())
                .isEqualTo(new BsonDocument("$match", new BsonDocument("name", query("^a", "i"))));

        restore(mongo, "validator-with-regex.archive");
        assertThat(options(mongo.database(), "posts").getDocument("validator"))
                .isEqualTo(new BsonDocument("tags", new BsonDocument("$elemMatch", query("^a", "i"))));

        Manifest backup = kennel(mongo).backUp("kennel");
        kennel(mongo).restores().restore(Kennel.request(backup, "kennel"), Approval.naming("kennel"));
        assertThat(options(mongo.database(), "posts").getDocument("validator"))
                .isEqualTo(new BsonDocument("tags", new BsonDocument("$elemMatch", query("^a", "i"))));
    }

    @Test
    void aDirectoryOfMongodumpIsVerified(TestMongo mongo) throws IOException {
        Path dump = Files.createDirectories(folder.resolve("dump/shop"));
        Files.write(dump.resolve("foo.bson"), new byte[] {5, 0, 0, 0, 0});
        BackupSource source = BackupSource.of(folder.resolve("dump").toString(), null);

        VerificationReport report = kennel(mongo).backups().verify(source, TransferListener.NONE);
        assertThat(report.ok()).isTrue();
        assertThat(report.documents()).isEqualTo(1);

        Files.write(dump.resolve("foo.bson"), new byte[] {5, 0, 0, 0, 0, 6, 0, 0});
        assertThat(kennel(mongo).backups().verify(source, TransferListener.NONE).findings())
                .extracting(Object::toString)
                .containsExactly("'foo': it is cut off here, in document 2, at byte 8 of 'shop/foo.bson'");
    }

    private static BsonDocument query(String expression, String options) {
        return new BsonDocument("$regex", new BsonString(expression)).append("$options", new BsonString(options));
    }

    private Kennel kennel(TestMongo mongo) {
        return Kennel.of(
                folder.resolve("backups"), KennelDatabase.environment("kennel", mongo.client(), mongo.databaseName()));
    }

    private RestoreReport restore(TestMongo mongo, String archive) throws IOException {
        return kennel(mongo).restores().restore(request(archive), Approval.naming("kennel"));
    }

    private RestoreRequest request(String archive) throws IOException {
        return RestoreRequest.of(BackupSource.file(file(archive)), "kennel");
    }

    private VerificationReport verify(TestMongo mongo, String archive) throws IOException {
        return kennel(mongo).backups().verify(BackupSource.file(file(archive)), TransferListener.NONE);
    }

    private Path file(String archive) throws IOException {
        return Files.write(folder.resolve(archive), Fixture.bytes("others/" + archive));
    }

    private static List<String> omissions(RestoreReport report) {
        return report.replacement().loaded().omissions().stream()
                .map(Omission::toString)
                .toList();
    }

    /** The user collections. */
    private static List<String> names(MongoDatabase database) {
        return database.listCollectionNames().into(new ArrayList<>()).stream()
                .filter(name -> !name.startsWith("monarch.") && !name.startsWith("system."))
                .sorted()
                .toList();
    }

    private static BsonDocument options(MongoDatabase database, String collection) {
        return database.listCollections(BsonDocument.class)
                .filter(new BsonDocument("name", new BsonString(collection)))
                .into(new ArrayList<>())
                .get(0)
                .getDocument("options");
    }

    private static List<String> keys(MongoDatabase database, String collection) {
        return database.getCollection(collection).listIndexes(BsonDocument.class).into(new ArrayList<>()).stream()
                .map(index -> index.getDocument("key").toJson())
                .toList();
    }
}

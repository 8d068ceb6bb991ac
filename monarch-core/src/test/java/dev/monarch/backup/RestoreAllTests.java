package dev.monarch.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.InvalidEnvironmentException;
import dev.monarch.LockHeldException;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.RestoreIncompleteException;
import dev.monarch.backup.RestoreService.DatabaseRestores;
import dev.monarch.engine.archive.Fixture;
import dev.monarch.engine.dump.DumpForm;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.transfer.Omission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** All databases of an archive are restored, each into its environment on the same server, or none is. */
@MongoTest
class RestoreAllTests {

    private static final List<String> DATABASES = List.of("shop", "shop-test");

    @TempDir
    private Path folder;

    private final TestMongo mongo;

    RestoreAllTests(TestMongo mongo) {
        this.mongo = mongo;
    }

    /** The archive names them. */
    @BeforeEach
    @AfterEach
    void drop() {
        DATABASES.forEach(name -> database(name).drop());
    }

    @Test
    void eachDatabaseIsRestoredIntoItsEnvironment() throws IOException {
        RestoreService restores =
                kennel(named("store", "shop"), named("trial", "shop-test")).restores();
        database("shop").getCollection("customers").insertOne(new Document("_id", "old"));

        DatabaseRestores all = restores.eachDatabase(request());
        List<RestoreReport> reports = restores.restoreAll(all, approval(all));

        assertThat(reports).extracting(RestoreReport::environment).containsExactly("store", "trial");
        assertThat(all.requests()).extracting(RestoreRequest::database).containsExactly("shop", "shop-test");
        assertThat(all.omissions())
                .extracting(Omission::toString)
                .containsExactly("Database 'admin' is left out: it is the server's own.");
        assertThat(reports)
                .allSatisfy(report ->
                        assertThat(report.replacement().loaded().omissions()).isEmpty());
        assertThat(names("shop")).containsExactly("customers", "orders");
        assertThat(names("shop-test")).containsExactly("orders");
        assertThat(database("shop").getCollection("customers").find(new Document("_id", "old")))
                .isEmpty();
        assertThat(names(mongo.databaseName())).isEmpty();
    }

    @Test
    void aDatabaseWithoutAnEnvironmentIsRefusedAndNothingIsChanged() throws IOException {
        MonarchEnvironment broken = MonarchEnvironment.lazily("broken", Protection.DEFAULT, () -> {
            throw new InvalidEnvironmentException("broken", "uri", "it is not one");
        });
        RestoreService restores = kennel(broken, named("store", "shop")).restores();

        DatabaseRestores all = restores.eachDatabase(request());
        assertThat(all.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.DATABASE_WITHOUT_ENVIRONMENT);
            assertThat(refusal.text())
                    .startsWith(
                            "No environment is configured for the database 'shop-test' on the server of 'kennel' (");
        });
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> restores.restoreAll(all, Approval.none()))
                .withMessageContaining("No environment is configured for the database 'shop-test'")
                .withMessageContaining("refused to restore into 'store': it was not confirmed")
                .withMessageEndingWith("Nothing has been changed.");

        assertThat(names("shop")).isEmpty();
    }

    @Test
    void aDatabaseWhoseNameOnlyLooksTheSameIsRefusedByItsEnvironment() throws IOException {
        byte[] document = {14, 0, 0, 0, 0x10, '_', 'i', 'd', 0, 1, 0, 0, 0, 0};
        Path dump = DumpForm.folder(Map.of("zwinger_fu\u0308r/dogs.bson", document), folder.resolve("dump"));
        RestoreService restores = kennel(named("zwinger", "zwinger_f\u00fcr"), named("store", "shop"))
                .restores();

        assertThat(restores.eachDatabase(RestoreRequest.of(BackupSource.file(dump), "kennel"))
                        .refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.text())
                        .endsWith(" The database of 'zwinger' looks the same, but its name has another Unicode form."));
    }

    @Test
    void eachEnvironmentNeedsItsOwnApproval() throws IOException {
        RestoreService restores = kennel(
                        MonarchEnvironment.using("production", Protection.DEFAULT, mongo.client(), "shop"),
                        named("trial", "shop-test"))
                .restores();
        DatabaseRestores all = restores.eachDatabase(request());

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> restores.restoreAll(all, Approval.confirmed()))
                .withMessageContaining("refused to restore into 'production': it is protected");
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> restores.restoreAll(all, Approval.naming("production")))
                .withMessageContaining("refused to restore into 'trial': the confirmation names 'production'");
        assertThat(names("shop-test")).isEmpty();

        assertThat(restores.restoreAll(all, Approval.naming("production", "trial")))
                .hasSize(2);
        assertThat(restores.restoreAll(all, Approval.confirmed().and(Approval.naming("production"))))
                .hasSize(2);
    }

    @Test
    void ofTwoEnvironmentsOfOneDatabaseTheProtectedOneIsUsed() throws IOException {
        RestoreService restores = kennel(
                        named("any", "shop"),
                        MonarchEnvironment.using("production", Protection.DEFAULT, mongo.client(), "shop"),
                        named("other", "shop"),
                        named("trial", "shop-test"))
                .restores();

        assertThat(restores.eachDatabase(request()).requests())
                .extracting(RestoreRequest::environment)
                .containsExactly("production", "trial");
    }

    @Test
    void afterAFailureTheMessageSaysExactlyWhatWasRestored() throws IOException {
        MonarchEnvironment trial = named("trial", "shop-test");
        RestoreService restores = kennel(named("store", "shop"), trial)
                .withLock(KennelDatabase.LOCK.waiting(Duration.ZERO))
                .restores();
        DatabaseRestores all = restores.eachDatabase(request());

        try (HeldLock held = new EnvironmentLock(trial, LockSettings.DEFAULT).acquire("test", null, event -> {})) {
            assertThatExceptionOfType(RestoreIncompleteException.class)
                    .isThrownBy(() -> restores.restoreAll(all, approval(all)))
                    .withCauseInstanceOf(LockHeldException.class)
                    .withMessageContaining("Restored: 'store'. Failed: 'trial'. Not started: none.")
                    .satisfies(failure -> assertThat(failure.restored()).containsExactly("store"));
            held.ensureHeld();
        }

        assertThat(names("shop")).containsExactly("customers", "orders");
        assertThat(names("shop-test")).isEmpty();
    }

    @Test
    void aBackupOfMonarchIsRestoredIntoTheEnvironmentOfItsDatabase() {
        database("shop").getCollection("dogs").insertOne(new Document("_id", 1));
        Kennel kennel = kennel(named("store", "shop"));
        Manifest backup = kennel.backUp("store");
        database("shop").getCollection("dogs").deleteMany(new Document());

        DatabaseRestores all = kennel.restores().eachDatabase(Kennel.request(backup, "kennel"));
        assertThat(kennel.restores().restoreAll(all, approval(all))).hasSize(1);

        assertThat(database("shop").getCollection("dogs").countDocuments()).isOne();
    }

    private static Approval approval(DatabaseRestores all) {
        return all.requests().stream()
                .map(request -> Approval.naming(request.environment()))
                .reduce(Approval.none(), Approval::and);
    }

    private Kennel kennel(MonarchEnvironment... others) {
        List<MonarchEnvironment> all = new ArrayList<>();
        all.add(named("kennel", mongo.databaseName()));
        all.addAll(List.of(others));
        return Kennel.of(folder.resolve("backups"), all.toArray(MonarchEnvironment[]::new));
    }

    private MonarchEnvironment named(String name, String database) {
        MongoClient client = mongo.client();
        return KennelDatabase.environment(name, client, database);
    }

    private RestoreRequest request() throws IOException {
        Path archive = Files.write(folder.resolve("server.archive"), Fixture.bytes("others/two-databases.archive"));
        return RestoreRequest.of(BackupSource.file(archive), "kennel");
    }

    private MongoDatabase database(String name) {
        return mongo.client().getDatabase(name);
    }

    private List<String> names(String database) {
        return database(database).listCollectionNames().into(new ArrayList<>()).stream()
                .filter(name -> !name.startsWith("monarch.") && !name.startsWith("system."))
                .sorted()
                .toList();
    }
}

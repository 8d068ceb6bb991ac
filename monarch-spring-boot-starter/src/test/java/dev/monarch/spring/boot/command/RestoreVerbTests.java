package dev.monarch.spring.boot.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.engine.lock.HeldLock;
import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Restores, including archives of other tools. */
@MongoTest
class RestoreVerbTests {

    private static final Path ARCHIVES = Path.of("../monarch-core/src/test/resources/archive/others");

    @Test
    void oneOfSeveralDatabasesIsRestored(TestMongo mongo) {
        String archive = archive("two-databases.archive");

        Result refused = Commands.on(mongo).run("restore", archive + ":default", "--yes");
        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.err()).contains("it contains several databases (shop, shop-test)", "--database NAME");

        Result restored = Commands.on(mongo).run("restore", archive + ":default", "--yes", "--database", "shop-test");
        assertThat(restored.exit()).as(restored.err()).isZero();
        assertThat(restored.out()).contains("Database 'shop' is left out: a different database was selected.");
        assertThat(mongo.database().listCollectionNames().into(new ArrayList<>()))
                .contains("orders")
                .doesNotContain("customers");
    }

    @Test
    void allDatabasesAreRestoredIntoTheirEnvironments(TestMongo mongo) {
        String word = archive("two-databases.archive") + ":default";
        Commands commands = Commands.on(mongo)
                .with(
                        "--monarch.environments.store.uri=" + mongo.uri("shop"),
                        "--monarch.environments.live.uri=" + mongo.uri("shop-test"),
                        "--monarch.environments.store.protected=false");

        Result both = commands.run("restore", word, "--all", "--database", "shop");
        assertThat(both.exit()).isEqualTo(2);
        assertThat(both.err()).contains("mutually exclusive");

        Result nowhere = Commands.on(mongo).run("restore", word, "--all", "--yes");
        assertThat(nowhere.exit()).isEqualTo(3);
        assertThat(nowhere.err())
                .contains(
                        "No environment is configured for the database 'shop' on the server of 'default'",
                        "No environment is configured for the database 'shop-test' on the server of 'default'",
                        "Nothing has happened.");

        Result planned = commands.run("restore", word, "--all", "--dry-run");
        assertThat(planned.exit()).as(planned.err()).isZero();
        assertThat(planned.out())
                .contains("Restore database 'shop' of ", " into 'store':\n  created: orders, customers\n")
                .contains("Restore database 'shop-test' of ", " into 'live':\n  created: orders\n")
                .contains("Note: Database 'admin' is left out: it is the server's own.");

        Result unnamed = commands.run("restore", word, "--all", "--yes");
        assertThat(unnamed.exit()).isEqualTo(3);
        assertThat(unnamed.err())
                .contains("'live' is protected, and --yes does not suffice: confirm with --confirm store,live");
        assertThat(commands.run("restore", word, "--all", "--confirm", "live,shop")
                        .err())
                .contains("--confirm names 'shop', but the environments are 'store', 'live'");
        assertThat(names(mongo, "shop")).isEmpty();

        Result restored = commands.run("restore", word, "--all", "--yes", "--confirm", "live", "--output", "json");
        assertThat(restored.exit()).as(restored.err()).isZero();
        assertThat(restored.json().getList("databases", Document.class))
                .extracting(each -> each.getString("database") + " " + each.getString("environment"))
                .containsExactly("shop store", "shop-test live");
        assertThat(restored.json().getList("omissions", Document.class)).hasSize(1);
        assertThat(names(mongo, "shop")).containsExactlyInAnyOrder("orders", "customers");
        assertThat(names(mongo, "shop-test")).containsExactly("orders");
        assertThat(names(mongo, mongo.databaseName())).isEmpty();

        Result typed = commands.typing("y", "live").run("restore", word, "--all");
        assertThat(typed.exit()).as(typed.err()).isZero();
        assertThat(typed.out()).contains(" into 'store': 2 collections", " into 'live': 1 collection");
    }

    @Test
    void afterAFailureTheMessageListsTheRestoredEnvironments(TestMongo mongo) {
        Commands commands = Commands.on(mongo)
                .with(
                        "--monarch.environments.store.uri=" + mongo.uri("shop"),
                        "--monarch.environments.trial.uri=" + mongo.uri("shop-test"),
                        "--monarch.lock.wait=0s");
        String word = archive("two-databases.archive") + ":default";

        try (HeldLock held = Locks.acquire(mongo, "shop-test", "a test")) {
            Result second = commands.run("restore", word, "--all", "--yes");
            assertThat(second.exit()).isEqualTo(1);
            assertThat(second.err())
                    .contains("Restored: 'store'. Failed: 'trial'. Not started: none.", "is held by", "for a test");
            held.ensureHeld();
        }
        assertThat(names(mongo, "shop")).containsExactlyInAnyOrder("orders", "customers");
        assertThat(names(mongo, "shop-test")).isEmpty();

        try (HeldLock held = Locks.acquire(mongo, "shop", "a test")) {
            Result first = commands.run("restore", word, "--all", "--yes");
            assertThat(first.exit()).isEqualTo(5);
            assertThat(first.err()).contains("Restored: none. Failed: 'store'. Not started: 'trial'.");
            held.ensureHeld();
        }
    }

    @Test
    void legacyIndexesAreConvertedOrOmittedOnRequest(TestMongo mongo) {
        String backup = archive("legacy-index-keys.archive") + ":default";

        Result refused = Commands.on(mongo).run("restore", backup, "--yes");
        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.err()).contains("'a_1_b_true'", "--convert-legacy-indexes", "--no-indexes");

        Result converted =
                Commands.on(mongo).run("restore", backup, "--yes", "--convert-legacy-indexes", "--output", "json");
        assertThat(converted.exit()).as(converted.err()).isZero();
        assertThat(converted.json().getList("omissions", Document.class))
                .containsExactly(new Document("what", "Option 'safe' of the index 'a_1_b_true' of 'test_collection'")
                        .append("reason", "servers have no such option"));
        assertThat(indexes(mongo)).containsExactly("_id_", "a_1_b_true");

        Result without = Commands.on(mongo).run("restore", backup, "--yes", "--no-indexes");
        assertThat(without.exit()).as(without.err()).isZero();
        assertThat(without.out()).contains("Index 'a_1_b_true' of 'test_collection' is left out");
        assertThat(indexes(mongo)).containsExactly("_id_");
    }

    @Test
    void anUnsupportedIndexIsARemarkUnlessIndexesAreDisabled(TestMongo mongo) {
        String backup = archive("geo-haystack.archive") + ":default";

        Result converted = Commands.on(mongo).run("restore", backup, "--yes", "--convert-legacy-indexes");
        assertThat(converted.exit()).as(converted.err()).isEqualTo(6);
        assertThat(converted.out())
                .endsWith("Remark: 1 index is left out, because current servers cannot build that kind of index.\n");

        Result without = Commands.on(mongo).run("restore", backup, "--yes", "--no-indexes");
        assertThat(without.exit()).as(without.err()).isZero();
    }

    @Test
    void thePlanIsShownAndConfirmedFirst(@TempDir Path folder, TestMongo mongo) {
        Commands commands = Commands.on(mongo).with("--monarch.backups.local.directory=" + folder);
        mongo.database().getCollection("dogs").insertOne(new Document("_id", 1));
        String name = commands.run("backup", "--output", "json").json().getString("name");
        mongo.database().getCollection("dogs").insertOne(new Document("_id", 2));
        mongo.database().getCollection("cats").insertOne(new Document("_id", 1));

        Result planned = commands.run("restore", name + ":default", "--dry-run");
        assertThat(planned.exit()).as(planned.err()).isZero();
        assertThat(planned.out())
                .startsWith("Restore " + name + " into 'default':\n  replaced: dogs\n  removed: cats\n");
        Result declined = commands.run("restore", name + ":default");
        assertThat(declined.exit()).isEqualTo(3);
        assertThat(declined.err())
                .contains("removed: cats", "confirm with --yes")
                .endsWith("Nothing has happened.\n");
        assertThat(names(mongo, mongo.databaseName())).containsExactlyInAnyOrder("cats", "dogs");

        Result restored = commands.run("restore", name + ":default", "--yes", "--output", "json");
        assertThat(restored.exit()).as(restored.err()).isZero();
        assertThat(restored.json())
                .containsEntry("backup", name)
                .containsEntry("environment", "default")
                .containsEntry("documents", 1);
        assertThat(names(mongo, mongo.databaseName())).containsExactly("dogs");
        assertThat(mongo.database().getCollection("dogs").find()).hasSize(1);
    }

    private static List<String> names(TestMongo mongo, String database) {
        return mongo.client().getDatabase(database).listCollectionNames().into(new ArrayList<>()).stream()
                .filter(name -> !name.startsWith("monarch."))
                .toList();
    }

    private static String archive(String name) {
        return ARCHIVES.resolve(name).toString();
    }

    private static List<String> indexes(TestMongo mongo) {
        return mongo.database().getCollection("test_collection").listIndexes().into(new ArrayList<>()).stream()
                .map(index -> index.getString("name"))
                .toList();
    }
}

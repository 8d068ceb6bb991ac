package dev.monarch.spring.boot.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** What a command says of archives that others have made, and which options restore them. */
@MongoTest
class ForeignArchiveCommandsTests {

    private static final Path ARCHIVES = Path.of("../monarch-core/src/test/resources/archive/others");

    @Test
    void oneOfSeveralDatabasesIsNamedAndRestored(TestMongo mongo) {
        String archive = archive("two-databases.archive");

        Result verified = Commands.on(mongo).run("verify-backup", archive);
        assertThat(verified.exit()).as(verified.err()).isZero();
        assertThat(verified.out())
                .contains("is good", "Note for a restore: Database 'admin' is left out: it is the server's own.");

        Result refused = Commands.on(mongo).run("restore", archive + ":default", "--yes");
        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.err()).contains("it holds the databases shop, shop-test", "--database NAME");

        Result restored = Commands.on(mongo).run("restore", archive + ":default", "--yes", "--database", "shop-test");
        assertThat(restored.exit()).as(restored.err()).isZero();
        assertThat(restored.out()).contains("Database 'shop' is left out: another one was chosen.");
        assertThat(mongo.database().listCollectionNames().into(new ArrayList<>()))
                .contains("orders")
                .doesNotContain("customers");
    }

    @Test
    void legacyIndexesAreConvertedOrLeftOutIfAskedFor(TestMongo mongo) {
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
    void anIndexThatNoServerBuildsAnyMoreIsARemarkUnlessNoneIsWanted(TestMongo mongo) {
        String backup = archive("geo-haystack.archive") + ":default";

        Result converted = Commands.on(mongo).run("restore", backup, "--yes", "--convert-legacy-indexes");
        assertThat(converted.exit()).as(converted.err()).isEqualTo(6);
        assertThat(converted.out())
                .endsWith("Remark: 1 index is left out, because servers no longer build that kind of index.\n");

        Result without = Commands.on(mongo).run("restore", backup, "--yes", "--no-indexes");
        assertThat(without.exit()).as(without.err()).isZero();
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

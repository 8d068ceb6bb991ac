package dev.monarch.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.mongodb.client.MongoCollection;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestProcess;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;

/** The memory usage does not depend on the size of the database. Slow, so only in the profile {@code proof}. */
@EnabledIfSystemProperty(named = "monarch.proof.kills", matches = "\\d{2,}")
@MongoTest(topology = Topology.REPLICA_SET)
class SmallHeapTests {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final int NEARLY_16_MB = 16 * 1024 * 1024 - 1024;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {2, 64})
    void theLargestDocumentsNeedOnlyASmallHeap(int processors, TestMongo mongo) {
        String target = mongo.databaseName() + "_b";
        mongo.uri(target);
        Random random = new Random(4711);
        for (int i = 0; i < 4; i++) {
            MongoCollection<Document> collection = mongo.database().getCollection("dogs" + i);
            collection.insertMany(small(random));
            for (int large = 0; large < 3; large++) {
                collection.insertOne(new Document("picture", bytes(random, NEARLY_16_MB)));
            }
        }
        List<String> command = TestProcess.javaCommand();
        command.addAll(List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError", "-XX:ActiveProcessorCount=" + processors));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(
                SmallHeapProcess.class.getName(), mongo.uri(), mongo.databaseName(), target, folder.toString(), "4"));

        try (TestProcess process = TestProcess.start(Map.of(), command)) {
            assertThat(process.awaitExit(PATIENCE))
                    .as(() -> String.join("\n", process.lines()))
                    .isZero();
            assertThat(process.lines())
                    .filteredOn(line -> line.startsWith("VERIFIED"))
                    .containsExactly("VERIFIED []", "VERIFIED []");
        }
        assertThat(hash(mongo, target)).isEqualTo(hash(mongo, mongo.databaseName()));
    }

    private static Document hash(TestMongo mongo, String database) {
        Document hashes = mongo.client()
                .getDatabase(database)
                .runCommand(new Document("dbHash", 1))
                .get("collections", Document.class);
        hashes.keySet().removeIf(collection -> collection.startsWith("monarch."));
        return hashes;
    }

    private static List<Document> small(Random random) {
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            documents.add(new Document("note", bytes(random, 1_000)));
        }
        return documents;
    }

    private static Binary bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return new Binary(bytes);
    }
}

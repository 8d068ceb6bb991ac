package dev.monarch.sample.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import de.bwaldvogel.mongo.MongoServer;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class FileBackendTests {

    @TempDir
    private Path directory;

    /**
     * Monarch's history has such documents. The library's own backend duplicates them after it has read them from the
     * file.
     */
    @Test
    void documentsWithDocumentsAsIdsAreReplacedNotDuplicated() {
        List<Document> ids = IntStream.range(0, 100)
                .mapToObj(i -> new Document("scope", "default").append("id", "migration-" + i))
                .toList();
        FileBackend backend = FileBackend.open(directory.resolve("kennel.mv"));
        backend.getMvStore().setCacheSize(0);
        MongoServer server = new MongoServer(backend);
        try (MongoClient client = MongoClients.create(server.bindAndGetConnectionString())) {
            MongoCollection<Document> history = client.getDatabase("kennel").getCollection("history");
            for (int round = 1; round <= 3; round++) {
                ids.forEach(id -> history.updateOne(
                        Filters.eq(id),
                        Updates.combine(Updates.inc("rounds", 1), Updates.set("trail", "x".repeat(1_000))),
                        new UpdateOptions().upsert(true)));
            }

            assertThat(history.find().into(new ArrayList<>()))
                    .hasSize(100)
                    .allSatisfy(entry -> assertThat(entry).containsEntry("rounds", 3))
                    .extracting(entry -> entry.get("_id"))
                    .containsExactlyInAnyOrderElementsOf(ids);
        } finally {
            server.shutdownNow();
        }
    }
}

package dev.monarch.sample.server;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EmbeddedServerTests {

    @TempDir
    private Path directory;

    @Test
    void listensOnTheLoopbackInterfaceOnly() throws IOException {
        try (EmbeddedServer server = EmbeddedServer.start(directory)) {
            String host = server.connectionString().getHosts().get(0).replaceAll(":\\d+$", "");
            assertThat(InetAddress.getByName(host).isLoopbackAddress()).isTrue();
        }
    }

    @Test
    void dataAndUniqueIndexesSurviveARestart() {
        List<Document> dogs = IntStream.range(0, 2_000)
                .mapToObj(i -> new Document("_id", "dog-" + (10_000 + i)).append("number", i))
                .toList();
        inOneLife(database -> {
            database.getCollection("dogs").insertMany(dogs);
            database.getCollection("dogs").createIndex(new Document("number", 1), new IndexOptions().unique(true));
        });

        inOneLife(database -> {
            assertThat(database.getCollection("dogs").find().into(new ArrayList<>()))
                    .isEqualTo(dogs);
            assertThatExceptionOfType(MongoWriteException.class)
                    .isThrownBy(() -> database.getCollection("dogs").insertOne(new Document("number", 7)));
            database.getCollection("dogs").deleteMany(Filters.lt("number", 1_999));
        });

        inOneLife(database -> assertThat(database.getCollection("dogs").find().into(new ArrayList<>()))
                .containsExactly(dogs.get(1_999)));
    }

    @Test
    void acknowledgedWritesAreInTheFileBeforeTheServerStops() throws IOException {
        Path copy = Files.createDirectory(directory.resolve("copy"));
        try (EmbeddedServer server = EmbeddedServer.start(directory);
                MongoClient client = MongoClients.create(server.connectionString())) {
            client.getDatabase("kennel").getCollection("dogs").insertOne(new Document("_id", "dog-0001"));
            // The state that another process would find if this one were killed now.
            Files.copy(directory.resolve("kennel.mv"), copy.resolve("kennel.mv"));
        }

        try (EmbeddedServer server = EmbeddedServer.start(copy);
                MongoClient client = MongoClients.create(server.connectionString())) {
            assertThat(client.getDatabase("kennel").getCollection("dogs").countDocuments())
                    .isEqualTo(1);
        }
    }

    @Test
    void onlyOneServerCanOpenTheData() {
        try (EmbeddedServer server = EmbeddedServer.start(directory)) {
            assertThat(server.directory()).isEqualTo(directory);
            assertThatExceptionOfType(DataUnusableException.class)
                    .isThrownBy(() -> EmbeddedServer.start(directory))
                    .withMessageContaining(directory + " is in use by another process")
                    .satisfies(e -> assertThat(e.remedy()).contains("kennel.embedded.directory"));
        }
        EmbeddedServer.start(directory).close();
    }

    @Test
    void theMessageNamesADamagedFile() throws IOException {
        Files.writeString(directory.resolve("kennel.mv"), "not what it was");

        assertThatExceptionOfType(DataUnusableException.class)
                .isThrownBy(() -> EmbeddedServer.start(directory))
                .withMessage("The kennel's data in " + directory.resolve("kennel.mv") + " cannot be opened.")
                .satisfies(e -> assertThat(e.remedy()).contains("delete it"));
    }

    @Test
    void theMessageNamesADirectoryThatCannotBeCreated() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatExceptionOfType(DataUnusableException.class)
                .isThrownBy(() -> EmbeddedServer.start(file.resolve("data")))
                .withMessageContaining(file.resolve("data").toString());
    }

    private void inOneLife(Consumer<MongoDatabase> work) {
        try (EmbeddedServer server = EmbeddedServer.start(directory);
                MongoClient client = MongoClients.create(server.connectionString())) {
            work.accept(client.getDatabase("kennel"));
        }
    }
}

package dev.monarch.sample.server;

import java.nio.file.Path;
import java.util.List;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

@MongoTest
@ExtendWith(OutputCaptureExtension.class)
class ServerAnnouncementTests {

    private final StaticListableBeanFactory beans = new StaticListableBeanFactory();

    @Test
    void aConfiguredServerIsLoggedWithVersionAndAddress(TestMongo mongo, CapturedOutput output) {
        String version =
                mongo.database().runCommand(new Document("buildInfo", 1)).getString("version");
        List<String> hosts = mongo.client().getClusterDescription().getClusterSettings().getHosts().stream()
                .map(Object::toString)
                .toList();

        announcement(mongo.client()).start();

        assertThat(output)
                .containsOnlyOnce("Kennel runs on MongoDB " + version + " at " + String.join(", ", hosts) + "\n");
    }

    @Test
    void theEmbeddedServerIsLoggedWithItsDataDirectory(@TempDir Path directory, CapturedOutput output) {
        try (EmbeddedServer server = EmbeddedServer.start(directory);
                MongoClient client = MongoClients.create(server.connectionString())) {
            beans.addBean("embeddedServer", server);
            announcement(client).start();
        }

        assertThat(output).containsOnlyOnce("Kennel runs on the embedded server, data in " + directory + "\n");
    }

    private ServerAnnouncement announcement(MongoClient client) {
        return new ServerAnnouncement(beans.getBeanProvider(EmbeddedServer.class), client);
    }
}

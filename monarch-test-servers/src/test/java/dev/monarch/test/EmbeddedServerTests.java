package dev.monarch.test;

import java.time.Duration;
import java.util.List;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EmbeddedServerTests {

    private final EmbeddedServer server = new EmbeddedServer();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "HELLO"})
    void answersHelloLikeIsMaster(String hello) {
        try (MongoClient client = MongoClients.create(server.uri("test"))) {
            Document isMaster = client.getDatabase("admin").runCommand(new Document("isMaster", 1));
            Document answer = client.getDatabase("test").runCommand(new Document(hello, 1));
            assertThat(answer.getBoolean("isWritablePrimary")).isTrue();
            assertThat(answer.keySet()).doesNotContain("ismaster", "logicalSessionTimeoutMinutes");
            assertThat(answer.getInteger("maxWireVersion")).isEqualTo(isMaster.getInteger("maxWireVersion"));
            assertThat(answer.getDouble("ok")).isEqualTo(1.0);
        }
    }

    @Test
    void hasTheVersionAndDescriptionOfItsOffer() {
        try (MongoClient client = MongoClients.create(server.uri("test"))) {
            Document build = client.getDatabase("admin").runCommand(new Document("buildInfo", 1));
            assertThat(EmbeddedServer.OFFER.version()).isEqualTo(Version.of(build.getString("version")));
        }
        assertThat(EmbeddedServer.OFFER.description()).matches("embedded mongo-java-server \\d+\\.\\d+\\.\\d+");
        assertThat(server.description()).isEqualTo(EmbeddedServer.OFFER.description());
    }

    @Test
    void cannotBeStopped() {
        List<Runnable> verbs = List.of(
                server::stop,
                server::start,
                server::kill,
                server::pause,
                server::resume,
                server::awaitPrimary,
                () -> server.stepDown(Duration.ofSeconds(1)));
        assertThat(verbs)
                .allSatisfy(verb -> assertThatIllegalStateException()
                        .isThrownBy(verb::run)
                        .withMessage(server.description() + " cannot be stopped, killed, paused or stepped down"));
    }
}

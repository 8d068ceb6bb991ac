package dev.monarch.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.bson.conversions.Bson;
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

    /** It looks only at the document with that {@code _id}, which mongo-java-server does not. */
    @Test
    void anIdWithMoreConditionsFindsWhatAllOfThemAllow() {
        try (MongoClient client = MongoClients.create(server.uri("test"))) {
            MongoCollection<Document> dogs = client.getDatabase("test").getCollection("dogs");
            Document key = new Document("house", 7);
            dogs.insertMany(List.of(dog(1, "Rex"), dog(2, "Rex"), dog(3, "Ada"), dog("four", "Rex"), dog(key, "Rex")));

            Bson rex = Filters.eq("name", "Rex");
            assertThat(ids(dogs, Filters.and(Filters.eq(1), rex))).containsExactly(1);
            assertThat(ids(dogs, new Document("_id", 1L).append("name", "Rex"))).containsExactly(1);
            assertThat(ids(dogs, Filters.and(Filters.eq(3), rex))).isEmpty();
            assertThat(ids(dogs, Filters.and(Filters.eq(9), rex))).isEmpty();
            assertThat(ids(dogs, Filters.and(Filters.eq(1), Filters.eq(2)))).isEmpty();
            assertThat(ids(dogs, Filters.and(rex, Filters.gt("_id", 1)))).containsExactly(2);
            assertThat(ids(dogs, Filters.and(rex, Filters.in("_id", 1, 2, 3)))).containsExactlyInAnyOrder(1, 2);
            assertThat(ids(dogs, Filters.and(rex, Filters.regex("_id", "^f")))).containsExactly("four");
            assertThat(ids(dogs, Filters.and(rex, Filters.eq(key)))).containsExactly(key);
            assertThat(ids(dogs, Filters.or(Filters.eq(1), Filters.eq(3)))).containsExactlyInAnyOrder(1, 3);

            dogs.updateOne(Filters.and(Filters.eq(2), rex), Updates.set("name", "Ada"));
            assertThat(ids(dogs, Filters.and(Filters.eq(2), rex))).isEmpty();
            dogs.deleteOne(Filters.and(Filters.eq(1), rex));
            assertThat(ids(dogs, Filters.and(Filters.eq(1), rex))).isEmpty();
        }
    }

    private static Document dog(Object id, String name) {
        return new Document("_id", id).append("name", name);
    }

    private static List<Object> ids(MongoCollection<Document> dogs, Bson query) {
        return dogs.find(query).map(dog -> dog.get("_id")).into(new ArrayList<>());
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

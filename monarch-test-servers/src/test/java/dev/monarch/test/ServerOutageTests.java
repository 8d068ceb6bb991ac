package dev.monarch.test;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

/**
 * What happens to a real server of its own: it is stopped, killed, paused, or steps down. Skipped where there is none. The tests
 * mostly wait, each for its own server, so several run at a time.
 */
@MongoTest(own = true)
@Execution(ExecutionMode.CONCURRENT)
class ServerOutageTests {

    @Test
    void keepsItsDataWhenStopped(TestMongo mongo) {
        things(mongo).insertOne(new Document("_id", 1));
        mongo.stop();
        assertDoesNotAnswer(mongo);
        mongo.stop();
        mongo.start();
        mongo.start();
        assertThat(things(mongo).countDocuments()).isEqualTo(1);
    }

    @Test
    void keepsItsDataWhenKilled(TestMongo mongo) {
        things(mongo).withWriteConcern(WriteConcern.JOURNALED).insertOne(new Document("_id", 1));
        mongo.kill();
        assertDoesNotAnswer(mongo);
        mongo.start();
        assertThat(things(mongo).countDocuments()).isEqualTo(1);
    }

    @Test
    void doesNotAnswerWhilePaused(TestMongo mongo) {
        things(mongo).insertOne(new Document("_id", 1));
        mongo.pause();
        assertDoesNotAnswer(mongo);
        mongo.resume();
        assertThat(things(mongo).countDocuments()).isEqualTo(1);
    }

    @Test
    void canBeStoppedWhilePaused(TestMongo mongo) {
        mongo.pause();
        mongo.stop();
        mongo.start();
        assertThatNoException().isThrownBy(() -> things(mongo).insertOne(new Document("_id", 1)));
    }

    @Test
    void stepsDownAndComesBack(TestMongo mongo) {
        mongo.stepDown(Duration.ofSeconds(3));
        try (MongoClient client = MongoClients.create(mongo.uri())) {
            Document hello = client.getDatabase("admin")
                    .withReadPreference(ReadPreference.secondaryPreferred())
                    .runCommand(new Document("hello", 1), ReadPreference.secondaryPreferred());
            assertThat(hello.getBoolean("isWritablePrimary")).isFalse();
        }
        mongo.awaitPrimary();
        assertThat(hello(mongo).getBoolean("isWritablePrimary")).isTrue();
    }

    @Test
    @MongoTest(own = true, members = 3)
    void anotherMemberTakesOver(TestMongo mongo) {
        assertThat(mongo.description()).endsWith(", replica set of 3");
        assertThat(new ConnectionString(mongo.uri()).getHosts()).hasSize(3);
        String before = hello(mongo).getString("primary");
        things(mongo).insertOne(new Document("_id", 1));
        mongo.stepDown(Duration.ofSeconds(60));
        mongo.awaitPrimary();
        await().ignoreExceptionsInstanceOf(MongoException.class)
                .until(() -> hello(mongo).getString("primary"), primary -> primary != null && !primary.equals(before));
        things(mongo).insertOne(new Document("_id", 2));
        assertThat(things(mongo).countDocuments()).isEqualTo(2);
    }

    @Test
    void secondServerCanBeStoppedAlone(TestMongo mongo) {
        TestMongo second = mongo.another();
        assertThat(second.description()).isEqualTo(mongo.description());
        second.stop();
        assertDoesNotAnswer(second);
        assertThatNoException().isThrownBy(() -> things(mongo).insertOne(new Document("_id", 1)));
    }

    private static MongoCollection<Document> things(TestMongo mongo) {
        return mongo.database().getCollection("things");
    }

    private static Document hello(TestMongo mongo) {
        return mongo.client().getDatabase("admin").runCommand(new Document("hello", 1));
    }

    private static void assertDoesNotAnswer(TestMongo mongo) {
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongo.uri()))
                .timeout(1, TimeUnit.SECONDS)
                .build();
        try (MongoClient client = MongoClients.create(settings)) {
            assertThatExceptionOfType(MongoException.class)
                    .isThrownBy(() -> client.getDatabase("admin").runCommand(new Document("ping", 1)));
        }
    }
}

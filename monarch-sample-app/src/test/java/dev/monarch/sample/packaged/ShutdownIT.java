package dev.monarch.sample.packaged;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.bson.Document;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** SIGTERM at any moment of a start leaves no migration running and no lock held. */
@MongoTest
class ShutdownIT {

    private static final int STOPS = Integer.getInteger("monarch.proof.stops", 1);

    /** A start takes two to five seconds, and migrates in the second half. */
    private static final int LAST_MOMENT_MILLIS = 6_000;

    @ParameterizedTest
    @ValueSource(strings = {"startup", "ready"})
    void aStopAtAnyMomentLeavesNothingRunning(String runAt, TestMongo mongo) throws InterruptedException {
        for (int stop = 0; stop < STOPS; stop++) {
            mongo.database().drop();
            int millis = ThreadLocalRandom.current().nextInt(LAST_MOMENT_MILLIS);
            stopAfter(millis, runAt, mongo);

            assertThat(mongo.database().getCollection("monarch.history").find(new Document("state", "RUNNING")))
                    .as("stopped after %d ms", millis)
                    .isEmpty();
            assertThat(mongo.database()
                            .getCollection("monarch.lock")
                            .find(new Document("_id", "environment").append("token", new Document("$exists", true))))
                    .as("stopped after %d ms", millis)
                    .isEmpty();
        }
        try (Kennel next = start(runAt, mongo)) {
            // With 'ready' it answers before its migrations are applied, but is not ready for traffic.
            int port = next.awaitPort();
            await().atMost(Kennel.PATIENCE)
                    .untilAsserted(() -> assertThat(Kennel.get(port, "/dogs/dog-2000"))
                            .hasValueSatisfying(
                                    answer -> assertThat(answer.body()).contains("weightInKg")));
        }
    }

    private static void stopAfter(int millis, String runAt, TestMongo mongo) throws InterruptedException {
        try (Kennel kennel = start(runAt, mongo)) {
            kennel.awaitLine("with PID");
            TimeUnit.MILLISECONDS.sleep(millis);
            assertThat(kennel.terminate()).isEqualTo(143);
        }
    }

    private static Kennel start(String runAt, TestMongo mongo) {
        return Kennel.startExtracted(
                "--server.port=0", "--spring.mongodb.uri=" + mongo.uri(), "--monarch.migrations.run-at=" + runAt);
    }
}

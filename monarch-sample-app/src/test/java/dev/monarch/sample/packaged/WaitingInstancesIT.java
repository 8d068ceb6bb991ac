package dev.monarch.sample.packaged;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Instances that find migrations pending while another process holds the lock. */
@MongoTest
class WaitingInstancesIT {

    @Test
    void aWaitingInstanceDoesNotServeBeforeItHasMigrated(TestMongo mongo) {
        List<Integer> ports = Ports.free(2);
        MonarchEnvironment environment =
                MonarchEnvironment.using("test", Protection.DEFAULT, mongo.client(), mongo.databaseName());
        HeldLock lock = new EnvironmentLock(environment, LockSettings.DEFAULT).acquire("test", null, event -> {});
        try (lock;
                Kennel one = start(ports.get(0), mongo);
                Kennel other = start(ports.get(1), mongo)) {
            for (Kennel kennel : List.of(one, other)) {
                kennel.awaitLine("for the lock, held by");
            }
            assertThat(ports)
                    .allSatisfy(port -> assertThat(Kennel.get(port, "/dogs")).isEmpty());

            lock.close();

            for (Kennel kennel : List.of(one, other)) {
                assertThat(kennel.get("/dogs/dog-2000")).contains("weightInKg");
            }
            assertThat(List.of(one.applied(), other.applied()))
                    .as("one has migrated and the other has not")
                    .containsExactlyInAnyOrder(Kennel.MIGRATIONS, List.of());
        }
    }

    private static Kennel start(int port, TestMongo mongo) {
        return Kennel.startExtracted("--server.port=" + port, "--spring.mongodb.uri=" + mongo.uri());
    }
}

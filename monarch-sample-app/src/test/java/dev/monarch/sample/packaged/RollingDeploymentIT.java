package dev.monarch.sample.packaged;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.sample.packaged.KennelClient.Api;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The rolling deployment of {@code docs/live-change.md}: two builds of the packaged kennel work on the same dogs, under a constant
 * load of reads and writes.
 */
@MongoTest
class RollingDeploymentIT {

    private static final int DOGS = 100;

    private static final List<String> QUICKLY = List.of(
            "--monarch.versions.heartbeat=200ms",
            "--monarch.versions.old-instance-timeout=30s",
            "--monarch.backfills.duty-cycle=0.5");

    @TempDir
    private Path folder;

    @Test
    void noRequestFailsAndNoWriteIsLost(TestMongo mongo) throws Exception {
        MongoCollection<Document> dogs = mongo.database().getCollection("dogs");
        KennelBuilds builds = KennelBuilds.compile(folder);
        List<KennelClient> clients = new ArrayList<>();
        try (Kennel old = start(builds.old(), mongo)) {
            Api version1 = new Api(old.awaitPort(), "weightInKg", 1, true);
            // The embedded server looks at each document to find one.
            dogs.deleteMany(Filters.gt("_id", "dog-%04d".formatted(DOGS)));
            long kilograms = sum(dogs, "weightInKg");
            clients.add(KennelClient.start(1, DOGS, version1));
            clients.add(KennelClient.start(2, DOGS, version1));

            try (Kennel young = start(builds.young(), mongo)) {
                // Only transactions keep an update of the new build from overwriting a later one of the old build.
                boolean transactions = mongo.topology() != Topology.STANDALONE;
                Api version2 = new Api(young.awaitPort(), "weightInGrams", 1_000, transactions);
                clients.get(0).moveTo(version2);
                awaitExpanded(dogs, clients);

                Shell shell = shell(builds, mongo);
                Shell.Result refused = shell.monarch("contract", "dogs", "2");
                assertThat(refused.exit()).isEqualTo(3);
                assertThat(refused.err()).contains("has version 1, and was last seen at ");
                assertThat(dogs.countDocuments(Filters.exists("weightInKg"))).isEqualTo(DOGS);

                clients.get(1).moveTo(version2);
                awaitRequests(clients);
                assertThat(old.terminate()).isEqualTo(143);
                awaitDone(mongo);
                assertThat(versionOfDogs(shell).getList("instances", Document.class))
                        .singleElement()
                        .satisfies(instance -> assertThat(instance).containsEntry("version", 2));

                Shell.Result contracted = shell.monarch("contract", "dogs", "2");
                assertThat(contracted.exit()).as(contracted.err()).isZero();
                assertThat(contracted.out()).contains("'dogs' is contracted to version 2");
                awaitRequests(clients);
                long writes = 0;
                for (KennelClient client : clients) {
                    writes += client.stop();
                }

                assertThat(dogs.find())
                        .hasSize(DOGS)
                        .allSatisfy(dog -> assertThat(dog)
                                .containsEntry("_v", 2)
                                .containsKeys("_id", "name", "breed", "weightInGrams", "house", "revision")
                                .extractingFromEntries(Map.Entry::getKey)
                                // A dog that no client came to has a tag, and no class.
                                .isSubsetOf(
                                        "_id",
                                        "name",
                                        "breed",
                                        "weightInGrams",
                                        "house",
                                        "revision",
                                        "_v",
                                        "_class",
                                        "tag"));
                assertThat(sum(dogs, "weightInGrams")).as("no write is lost").isEqualTo(1_000 * (kilograms + writes));
            }
        } finally {
            clients.forEach(KennelClient::close);
        }
    }

    private static Kennel start(List<String> build, TestMongo mongo) {
        return Kennel.start(
                build,
                Stream.concat(Stream.of("--server.port=0", "--spring.mongodb.uri=" + mongo.uri()), QUICKLY.stream())
                        .toArray(String[]::new));
    }

    /** Runs commands of version 2. */
    private Shell shell(KennelBuilds builds, TestMongo mongo) {
        return new Shell(folder, builds::young)
                .set("SPRING_MONGODB_URI", mongo.uri())
                .set("MONARCH_VERSIONS_HEARTBEAT", "200ms")
                .set("MONARCH_VERSIONS_OLD_INSTANCE_TIMEOUT", "30s");
    }

    private static Document versionOfDogs(Shell shell) {
        return Document.parse(shell.monarch("versions", "--output", "json").out())
                .getList("collections", Document.class)
                .stream()
                .filter(versions -> versions.getString("collection").equals("dogs"))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until most documents have both versions. The old build replaces some of them all the time. */
    private static void awaitExpanded(MongoCollection<Document> dogs, List<KennelClient> clients) {
        await().atMost(Kennel.PATIENCE).until(() -> {
            clients.forEach(KennelClient::requests);
            return dogs.countDocuments(Filters.and(
                            Filters.exists("weightInKg"), Filters.exists("weightInGrams"), Filters.eq("_v", 2)))
                    > DOGS * 3 / 4;
        });
    }

    /** As long as the old build replaces documents, the backfill finds more of them. */
    private static void awaitDone(TestMongo mongo) {
        await().atMost(Kennel.PATIENCE)
                .until(() -> mongo.database()
                                .getCollection("monarch.history")
                                .countDocuments(Filters.and(
                                        Filters.eq("_id.id", "version-dogs-2"), Filters.eq("state", "DONE")))
                        == 1);
    }

    /** Waits until each client has sent some more. */
    private static void awaitRequests(List<KennelClient> clients) {
        for (KennelClient client : clients) {
            long before = client.requests();
            await().atMost(Kennel.PATIENCE).until(() -> client.requests() > before + 20);
        }
    }

    private static long sum(MongoCollection<Document> dogs, String weight) {
        return dogs.find().into(new ArrayList<>()).stream()
                .mapToLong(dog -> dog.getInteger(weight))
                .sum();
    }
}

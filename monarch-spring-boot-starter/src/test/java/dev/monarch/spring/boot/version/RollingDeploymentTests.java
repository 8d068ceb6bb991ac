package dev.monarch.spring.boot.version;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.mongodb.client.MongoCollection;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.environment.Approval;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestProcess;
import dev.monarch.version.DocumentVersions;
import dev.monarch.version.DocumentVersions.ContractRequest;
import dev.monarch.version.DocumentVersions.Phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The rolling deployment of {@code docs/live-change.md}: both builds are processes that write to the same documents all the time.
 *
 * <p>More documents and processes: {@code -Dmonarch.proof.dogs=100000 -Dmonarch.proof.builds=2}.
 */
@MongoTest
class RollingDeploymentTests {

    private static final int DOGS = Integer.getInteger("monarch.proof.dogs", 200);

    private static final int BUILDS = Integer.getInteger("monarch.proof.builds", 1);

    private static final Duration PATIENCE = Duration.ofSeconds(Math.max(60, DOGS / 100));

    private static final String[] QUICKLY = {
        "--monarch.versions.heartbeat=200ms",
        "--monarch.versions.old-instance-timeout=5s",
        "--monarch.backfills.duty-cycle=0.5"
    };

    @Test
    void bothBuildsWorkOnTheSameDocumentsUntilTheOldOneIsGone(TestMongo mongo) throws Exception {
        MongoCollection<Document> dogs = mongo.database().getCollection("dogs");
        dogs.insertMany(IntStream.range(0, DOGS)
                .mapToObj(id -> new Document("_id", id)
                        .append("name", "dog " + id)
                        .append("weight", 20)
                        .append("revision", 0L)
                        .append("_class", "dog"))
                .toList());
        List<Build> old = started("old", mongo);
        List<Build> young = started("new", mongo);

        try (var application = new SpringApplicationBuilder(RollingKennel.NewBuild.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run(arguments(mongo))) {
            DocumentVersions versions = application.getBean(DocumentVersions.class);
            await().untilAsserted(() -> assertThat(
                            versions.states().get(0).backfill().progress().done())
                    .isGreaterThan(DOGS / 2));
            assertThat(versions.states().get(0).instances()).hasSize(BUILDS + 1);

            long writes = 0;
            for (Build build : old) {
                writes += build.stop();
            }
            // As long as the old build replaces documents, the backfill finds more of them.
            await().atMost(PATIENCE)
                    .until(() -> versions.states().get(0).backfill().state() == State.DONE);
            versions.contract(ContractRequest.of("dogs", 2), Approval.none());
            assertThat(versions.states().get(0).phase()).isEqualTo(Phase.CONTRACTED);
            for (Build build : young) {
                writes += build.stop();
            }

            assertThat(dogs.find())
                    .hasSize(DOGS)
                    .allSatisfy(dog -> assertThat(dog)
                            .containsOnlyKeys("_id", "name", "weight_kg", "revision", "_class", "_v")
                            .containsEntry("_v", 2));
            assertThat(Stream.of(dogs.find().into(new ArrayList<>()))
                            .flatMap(List::stream)
                            .mapToLong(dog -> dog.getInteger("weight_kg"))
                            .sum())
                    .as("no write is lost")
                    .isEqualTo(10L * DOGS + writes);
        }
    }

    private static String[] arguments(TestMongo mongo) {
        return Stream.concat(Stream.of("--spring.mongodb.uri=" + mongo.uri()), Stream.of(QUICKLY))
                .toArray(String[]::new);
    }

    private static List<Build> started(String build, TestMongo mongo) throws IOException {
        List<Build> builds = new ArrayList<>();
        for (int i = 0; i < BUILDS; i++) {
            List<String> command = new ArrayList<>(TestProcess.javaCommand());
            command.addAll(List.of(
                    "-cp",
                    System.getProperty("java.class.path"),
                    RollingKennel.class.getName(),
                    build,
                    String.valueOf(DOGS)));
            command.addAll(List.of(arguments(mongo)));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            builds.add(new Build(
                    process, new BufferedReader(process.inputReader(StandardCharsets.UTF_8)), new ArrayList<>()));
        }
        for (Build one : builds) {
            one.await("warm");
        }
        return builds;
    }

    /** A process that writes until it is stopped. */
    private record Build(Process process, BufferedReader output, List<String> said) {

        String await(String prefix) throws IOException {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.add(line);
                if (line.startsWith(prefix)) {
                    return line;
                }
            }
            throw new AssertionError("It ended without '" + prefix + "': " + String.join("\n", said));
        }

        /** Stops it, and returns how many writes succeeded. None may have failed. */
        long stop() throws IOException {
            process.getOutputStream().write('\n');
            process.getOutputStream().close();
            return Long.parseLong(await("writes ").substring("writes ".length()));
        }
    }
}

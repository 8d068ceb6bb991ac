package dev.monarch.spring.boot.actuate;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import com.mongodb.client.model.Filters;
import io.micrometer.observation.ObservationRegistry;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import tools.jackson.databind.JsonNode;

import dev.monarch.backfill.Backfill;
import dev.monarch.backfill.DocumentBackfill;
import dev.monarch.environment.EnvironmentRegistry.Operation.Kind;
import dev.monarch.environment.EnvironmentRegistry.OperationEvent;
import dev.monarch.spring.boot.actuate.WebApplication.Answer;
import dev.monarch.test.MongoTest;
import dev.monarch.test.Scrape;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Backfills as seen from outside: the endpoint, events and metrics. */
@MongoTest
class BackfillEndpointTests {

    private static final String WEIGHT = "202612011200-weight-in-kg";

    private static final String BACKFILLS = "/actuator/monarch/backfills";

    private static WebApplication kennel(TestMongo mongo, String... properties) {
        mongo.database()
                .getCollection("dogs")
                .insertMany(List.of(
                        new Document("name", "Rex").append("grams", 30_000),
                        new Document("name", "Lassie").append("grams", 25_000)));
        String[] all = {"--monarch.environment=kennel", "--management.endpoint.monarch.access=unrestricted"};
        return WebApplication.start(
                mongo,
                Weights.class,
                Stream.of(all, properties).flatMap(Stream::of).toArray(String[]::new));
    }

    @Test
    void aBackfillIsShownAsThePageShows(TestMongo mongo) {
        try (WebApplication kennel = kennel(mongo)) {
            await().until(() -> kennel.get(BACKFILLS)
                    .json()
                    .at("/backfills/0/state")
                    .stringValue()
                    .equals("DONE"));

            JsonNode shown = kennel.get(BACKFILLS).json();
            assertThat(ActuatorPage.comparable(shown))
                    .isEqualTo(ActuatorPage.comparable(ActuatorPage.example("GET " + BACKFILLS)));
            assertThat(kennel.get(BACKFILLS + "/kennel").json()).isEqualTo(shown);
            assertThat(kennel.get(BACKFILLS + "/nowhere").status()).isEqualTo(404);

            List<OperationEvent> events = kennel.bean(Weights.class).events;
            await().until(() -> events.stream().anyMatch(OperationEvent.Succeeded.class::isInstance));
            assertThat(events)
                    .allSatisfy(event -> assertThat(event.operation().subject()).isEqualTo(WEIGHT))
                    .first()
                    .isInstanceOf(OperationEvent.Started.class);
            assertThat(kennel.bean(Weights.class).inATrace).isFalse();
            assertThat(kennel.get("/actuator/monarch/operations")
                            .json()
                            .at("/ended/0/kind")
                            .stringValue())
                    .isEqualTo("backfill");
            await().untilAsserted(() -> {
                Scrape scrape = Scrape.of(kennel.get("/actuator/prometheus").text());
                assertThat(scrape.value("monarch_backfills_unfinished", "kennel"))
                        .isZero();
                assertThat(scrape.value("monarch_backfills_failed", "kennel")).isZero();
                assertThat(scrape.value("monarch_backfills_set_aside_documents", "kennel"))
                        .isZero();
                assertThat(kennel.get("/actuator/prometheus").text().lines())
                        .anyMatch(line -> line.startsWith("monarch_backfill_progress{")
                                && line.contains("monarch_backfill=\"" + WEIGHT + "\"")
                                && line.endsWith(" 1.0"))
                        .anyMatch(line -> line.startsWith("monarch_operation_seconds_count{")
                                && line.contains("operation=\"backfill\"")
                                && line.contains("outcome=\"SUCCESS\""));
            });
        }
    }

    @Test
    void aBackfillIsPausedAndResumedIfThatIsAllowed(TestMongo mongo) {
        try (WebApplication kennel =
                kennel(mongo, "--monarch.actuator.operations=pause", "--monarch.backfills.enabled=false")) {
            String path = BACKFILLS + "/" + WEIGHT;
            Answer resume = kennel.post(path, "{\"action\": \"resume\"}");
            assertThat(resume.status()).isEqualTo(403);
            assertThat(resume.text()).contains("'resume'", "monarch.actuator.operations");

            Answer paused = kennel.post(path, "{\"action\": \"pause\"}");

            assertThat(paused.status()).as(paused.text()).isEqualTo(200);
            assertThat(paused.json()).isEqualTo(ActuatorPage.example("POST " + path));
            assertThat(kennel.get(BACKFILLS).json().at("/backfills/0/state").stringValue())
                    .isEqualTo("PAUSED");
            assertThat(kennel.post(path, "{}").status()).isEqualTo(400);
            assertThat(kennel.post(path, "{\"action\": \"retry\"}").status()).isEqualTo(400);
            assertThat(kennel.post(BACKFILLS + "/nothing", "{\"action\": \"pause\"}")
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void theRateOfABackfillIsChanged(TestMongo mongo) {
        try (WebApplication kennel =
                kennel(mongo, "--monarch.actuator.operations=rate", "--monarch.backfills.enabled=false")) {
            String path = BACKFILLS + "/" + WEIGHT;

            Answer changed = kennel.post(path, "{\"action\": \"rate\", \"dutyCycle\": 0.5, \"maxDocuments\": 300}");

            assertThat(changed.status()).as(changed.text()).isEqualTo(200);
            assertThat(changed.json().at("/backfill/dutyCycle").doubleValue()).isEqualTo(0.5);
            assertThat(mongo.database().getCollection("monarch.backfills").find())
                    .extracting(
                            backfill -> backfill.get("wanted", Document.class).get("documentsPerSecond"))
                    .containsExactly(300L);
            Answer wrong = kennel.post(path, "{\"action\": \"rate\", \"dutyCycle\": 2}");
            assertThat(wrong.status()).isEqualTo(400);
            assertThat(wrong.text()).contains("dutyCycle must be greater than 0 and at most 1, but is 2.0");
            assertThat(kennel.post(path, "{\"action\": \"pause\"}").status()).isEqualTo(403);
        }
    }

    @Test
    void aBackfillThatIsDoneCannotBePaused(TestMongo mongo) {
        try (WebApplication kennel = kennel(mongo, "--monarch.actuator.operations=pause,resume")) {
            String path = BACKFILLS + "/" + WEIGHT;
            await().until(() -> kennel.get(BACKFILLS)
                    .json()
                    .at("/backfills/0/state")
                    .stringValue()
                    .equals("DONE"));

            Answer refused = kennel.post(path, "{\"action\": \"resume\", \"environment\": \"kennel\"}");

            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.json().at("/problem").stringValue()).contains("It is done.");
        }
    }

    /** One backfill, and what it reports. */
    @Configuration(proxyBeanMethods = false)
    static class Weights {

        private final List<OperationEvent> events = new CopyOnWriteArrayList<>();

        private final ObservationRegistry observations;

        private volatile boolean inATrace;

        Weights(ObservationRegistry observations) {
            this.observations = observations;
        }

        @EventListener
        void on(OperationEvent event) {
            if (event.operation().kind() == Kind.BACKFILL) {
                events.add(event);
            }
        }

        @Bean
        @Backfill(WEIGHT)
        DocumentBackfill weight() {
            return new WeightInKg(() -> inATrace |= observations.getCurrentObservation() != null);
        }
    }

    private record WeightInKg(Runnable before) implements DocumentBackfill {

        @Override
        public BackfillSource source() {
            return BackfillSource.of("dogs", Filters.exists("kg", false));
        }

        @Override
        public Change change(RawBsonDocument dog) {
            before.run();
            return Change.set("kg", dog.getInt32("grams").getValue() / 1000);
        }
    }
}

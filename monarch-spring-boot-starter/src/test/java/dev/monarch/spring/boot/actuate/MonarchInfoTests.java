package dev.monarch.spring.boot.actuate;

import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import dev.monarch.migration.MigrationPlan.MigrationTarget;
import dev.monarch.migration.Migrator;
import dev.monarch.spring.boot.actuate.WebApplication.Answer;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** The information about a running application, over HTTP. */
@MongoTest
class MonarchInfoTests {

    private static final String INFO = "/actuator/info";

    @Test
    void itShowsWhatThePageShows(TestMongo mongo) {
        try (WebApplication kennel =
                WebApplication.start(mongo, KennelMigrations.class, "--monarch.environment=kennel")) {
            JsonNode before = kennel.get(INFO).json();
            assertThat(before.at("/monarch/applied").intValue()).isZero();
            assertThat(before.at("/monarch").has("newest")).isFalse();
            kennel.bean(Migrator.class).migrate(MigrationTarget.upTo(KennelMigrations.WORKS));

            JsonNode after = kennel.get(INFO).json();

            assertThat(ActuatorPage.comparable(after))
                    .isEqualTo(ActuatorPage.comparable(ActuatorPage.example("GET " + INFO)));
            assertThat(after.at("/monarch/version").stringValue()).matches("\\d+\\.\\d+\\.\\d+.*");
        }
    }

    @Test
    void anUnreachableDatabaseRemovesNoOtherInformation() {
        try (WebApplication kennel = WebApplication.start(
                KennelMigrations.class,
                List.of(
                        "--spring.mongodb.uri=mongodb://keeper:hunter2@127.0.0.1:1/kennel?serverSelectionTimeoutMS=100",
                        "--info.app=kennel",
                        "--management.info.env.enabled=true"))) {
            Answer answer = kennel.get(INFO);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().at("/app").stringValue()).isEqualTo("kennel");
            assertThat(answer.json().at("/monarch/problem").stringValue()).contains("127.0.0.1:1");
            assertThat(answer.text()).doesNotContain("hunter2");
        }
    }
}

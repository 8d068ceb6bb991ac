package dev.monarch.spring.boot.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/** An invalid value fails the start, and the message names its property. */
class PropertyValidationTests {

    private final ApplicationContextRunner application = ConfigFiles.applicationWithoutFiles()
            .withConfiguration(AutoConfigurations.of(MonarchBackfillAutoConfiguration.class))
            .withPropertyValues("spring.mongodb.uri=mongodb://localhost:1/own", "monarch.migrations.run-at=never");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    monarch.backfills.duty-cycle          | 1.1     | 1.1    | It must be greater than 0 and at most 1.
                    monarch.backfills.duty-cycle          | 0       | 0.0    | It must be greater than 0 and at most 1.
                    monarch.backfills.max-rate            | 0       | 0      | It must be positive.
                    monarch.backfills.set-aside-limit     | -1      | -1     | It must not be negative.
                    monarch.lock.heartbeat                | 0s      | PT0S   | It must be positive.
                    monarch.lock.heartbeat                | -1s     | PT-1S  | It must be positive.
                    monarch.lock.lease                    | 40s     | PT40S  | It must be more than twice monarch.lock.heartbeat, which is PT20S.
                    monarch.lock.wait                     | -1s     | PT-1S  | It must not be negative.
                    monarch.migrations.history-collection | ' '     | ''     | It must not be blank.
                    monarch.migrations.scope              | ' '     | ''     | It must not be blank.
                    monarch.migrations.max-attempts       | 0       | 0      | It must be at least 1.
                    monarch.transfer.max-rate             | 0B      | 0B     | It must be at least one byte.
                    monarch.transfer.workers              | 0       | 0      | It must be at least 1.
                    monarch.transfer.read-from            | here    | here   | It must be primary, primary-preferred, secondary, secondary-preferred or nearest.
                    """)
    void theMessageNamesThePropertyAndTheReason(String property, String value, String shown, String reason) {
        application
                .withPropertyValues(property + "=" + value)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, failure -> {
                            assertThat(failure.getName()).isEqualTo(property);
                            assertThat(failure.getValue()).hasToString(shown);
                            assertThat(failure.getReason()).isEqualTo(reason);
                        }));
    }

    @Test
    void aPaceIsExplained() {
        application
                .withPropertyValues("monarch.transfer.pace=fast")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("monarch.transfer.pace")
                        .hasStackTraceContaining("'fast' is not a pace: use full, gentle, or a maximum rate"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "monarch.lock.lease=40001ms",
                "monarch.lock.heartbeat=1ms",
                "monarch.lock.wait=0s",
                "monarch.migrations.max-attempts=1"
            })
    void valuesAtTheLimitAreAccepted(String property) {
        application
                .withPropertyValues(property)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"startup", "validate", "never"})
    void skippingNeedsRunAtReady(String runAt) {
        application
                .withPropertyValues("monarch.migrations.run-at=" + runAt, "monarch.migrations.when-locked=skip")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, failure -> {
                            assertThat(failure.getName()).isEqualTo("monarch.migrations.when-locked");
                            assertThat(failure.getReason())
                                    .isEqualTo(
                                            "An application must not be ready for traffic while another process migrates: 'skip' needs monarch.migrations.run-at=ready.");
                        }));
    }

    @Test
    void withRunAtReadyItIsAccepted() {
        application
                .withPropertyValues("monarch.migrations.run-at=ready", "monarch.migrations.when-locked=skip")
                .run(context -> assertThat(context).hasNotFailed());
    }
}

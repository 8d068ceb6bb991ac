package dev.monarch.spring.boot.observation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import org.junit.jupiter.api.Test;

import dev.monarch.environment.EnvironmentRegistry.Operation;
import dev.monarch.spring.boot.observation.MonarchObservation.HighCardinality;
import dev.monarch.spring.boot.observation.MonarchObservation.LowCardinality;
import dev.monarch.spring.boot.observation.MonarchObservation.Outcome;
import dev.monarch.spring.boot.operation.OperationName;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds docs/monitoring.md to the names and keys that exist. */
class MonitoringPageTests {

    private static final NamingConvention PROMETHEUS = new PrometheusNamingConvention();

    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

    private final String page = read();

    private static String read() {
        try {
            return Files.readString(Path.of("../docs/monitoring.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first cells of the tables of a section. */
    private List<String> names(String title) {
        int begin = page.indexOf("### " + title + "\n");
        assertThat(begin).as(title).isNotNegative();
        String section = page.substring(begin + 4, page.indexOf("\n##", begin));
        return FIRST_CELL.matcher(section).results().map(cell -> cell.group(1)).toList();
    }

    @Test
    void theKeysAreThoseOfTheObservation() {
        assertThat(names("The keys"))
                .containsExactlyElementsOf(Stream.<KeyName[]>of(LowCardinality.values(), HighCardinality.values())
                        .flatMap(Arrays::stream)
                        .map(KeyName::asString)
                        .toList());
        assertThat(page).contains("`" + new DefaultMonarchObservationConvention().getName() + "`");
        Arrays.stream(Outcome.values()).forEach(outcome -> assertThat(page).contains("`" + outcome + "`"));
    }

    @Test
    void theOperationsAreThoseThatExist() {
        assertThat(names("The operations"))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of(OperationName.RUN, OperationName.MIGRATION, OperationName.ROLLBACK),
                                Arrays.stream(Operation.Kind.values()).map(OperationName::of))
                        .toList());
    }

    @Test
    void theGaugesHaveTheseNames() {
        assertThat(names("The gauges"))
                .containsExactlyElementsOf(Arrays.stream(MonarchGauge.values())
                        .map(MonarchGauge::getName)
                        .toList());
        for (MonarchGauge gauge : MonarchGauge.values()) {
            String prometheus = PROMETHEUS.name(gauge.getName(), gauge.getType(), gauge.getBaseUnit());
            String key =
                    Arrays.stream(gauge.getKeyNames()).map(KeyName::asString).collect(Collectors.joining("`, `"));
            assertThat(page.lines())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("| `" + gauge.getName() + "` | `" + prometheus + "` | `" + key + "` |"));
        }
    }
}

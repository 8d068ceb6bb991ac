package dev.monarch.spring.boot.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** What an application with Monarch says while it starts: no more than this. */
@MongoTest
@ExtendWith(OutputCaptureExtension.class)
class LogTests {

    @Test
    void oneLinePerMigrationAndOneSummary(TestMongo mongo, CapturedOutput output) {
        Kennel.start(Kennel.application(Kennel.Migrations.class), mongo).close();
        assertThat(linesOfMonarch(output))
                .containsExactly(
                        "Migration '1-dogs' applied in # ms (attempt 1)",
                        "Migration '2-houses' applied in # ms (attempt 1)",
                        "Environment 'default': 2 applied in # ms");
    }

    @Test
    void oneLineWhenNothingIsPending(TestMongo mongo, CapturedOutput output) {
        Kennel.migrateFromElsewhere(mongo);
        long before = linesOfMonarch(output).size();
        Kennel.start(Kennel.application(Kennel.Migrations.class), mongo).close();
        assertThat(linesOfMonarch(output).stream().skip(before))
                .containsExactly("Environment 'default': nothing pending, 2 applied");
    }

    private static List<String> linesOfMonarch(CapturedOutput output) {
        return Stream.of(output.getOut().split("\\R"))
                .filter(line -> line.contains("d.m."))
                .map(line -> line.replaceAll("^.*?d\\.m\\.\\S+ ", "").replaceAll("in \\d+ ms", "in # ms"))
                .toList();
    }
}

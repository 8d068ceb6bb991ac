package dev.monarch.spring.boot.command;

import java.util.stream.Stream;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** The rate of a backfill. */
@MongoTest
class RateVerbTests {

    private static Commands shelter(TestMongo mongo) {
        return Commands.on(mongo).and(AnimalBackfills.class);
    }

    private static Document rate(TestMongo mongo, String... options) {
        String[] words = {"rate", AnimalBackfills.WEIGHT, "--output", "json"};
        Result result =
                shelter(mongo).run(Stream.of(words, options).flatMap(Stream::of).toArray(String[]::new));
        assertThat(result.exit()).as(result.err()).isZero();
        return result.json().get("backfill", Document.class);
    }

    @Test
    void itIsChangedAndResetToTheProperties(TestMongo mongo) {
        AnimalBackfills.insert(mongo, "Rex");

        assertThat(rate(mongo, "--duty-cycle", "0.5", "--max-documents", "500"))
                .containsEntry("dutyCycle", 0.5)
                .containsEntry("maxDocumentsPerSecond", 500);
        assertThat(rate(mongo, "--max-documents", "70"))
                .containsEntry("dutyCycle", 0.2)
                .containsEntry("maxDocumentsPerSecond", 70);
        assertThat(rate(mongo)).containsEntry("dutyCycle", 0.2).containsEntry("maxDocumentsPerSecond", null);
    }

    @Test
    void aRateThatIsOutOfRangeIsRefused(TestMongo mongo) {
        Result result = shelter(mongo).run("rate", AnimalBackfills.WEIGHT, "--duty-cycle", "7");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("dutyCycle must be greater than 0 and at most 1, but is 7.0.");
    }
}

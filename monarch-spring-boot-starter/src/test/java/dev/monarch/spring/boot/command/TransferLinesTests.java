package dev.monarch.spring.boot.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.monarch.transfer.TransferProgress;
import dev.monarch.transfer.TransferProgress.CollectionProgress;

import static org.assertj.core.api.Assertions.assertThat;

/** The progress output of a transfer. */
class TransferLinesTests {

    private static final TransferProgress HALF = new TransferProgress(
            "reading",
            List.of(
                    collection("cats", 10, 1_000, CollectionProgress.State.ENDED),
                    collection("dogs", 40_000, 12_300_000, CollectionProgress.State.RUNNING),
                    collection("houses", 0, 0, CollectionProgress.State.WAITING)),
            Duration.ofSeconds(2));

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void aTerminalShowsEachActiveCollectionAndTheTotal() {
        new TransferLines(err, true, 100).onProgress(HALF);

        assertThat(lines())
                .containsExactly(
                        "  dogs  50 %  12.3 MB  40000 documents",
                        "reading 1/3  25 %  12.3 MB  6.2 MB/s  6.0 s left  40010 documents");
    }

    @Test
    void aNarrowTerminalShowsWhatFits() {
        new TransferLines(err, true, 24).onProgress(HALF);

        assertThat(lines())
                .containsExactly("  dogs  50 %  12.3 MB", "reading 1/3  25 %")
                .allMatch(line -> line.length() < 24);
    }

    @Test
    void eachUpdateReplacesTheLastAndTheEndClearsIt() {
        try (TransferLines lines = new TransferLines(err, true, 100)) {
            lines.onProgress(HALF);
            lines.onProgress(HALF);
        }

        assertThat(List.of(text().split("\u001b\\[2A\u001b\\[J", -1)))
                .hasSize(3)
                .last()
                .isEqualTo("");
    }

    @Test
    void aPipeGetsTheFirstLineAfterSomeSeconds() {
        new TransferLines(err, false, 80).onProgress(HALF);

        assertThat(text()).isEmpty();
    }

    private static CollectionProgress collection(
            String name, long documents, long bytes, CollectionProgress.State state) {
        return new CollectionProgress(
                name, documents, bytes, new CollectionProgress.Expected(80_000, 24_600_000), state);
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private List<String> lines() {
        return text().lines().toList();
    }
}

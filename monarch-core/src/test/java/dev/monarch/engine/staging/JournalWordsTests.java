package dev.monarch.engine.staging;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.monarch.guide.FormatPage;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares the states and kinds of steps of the journal in docs/format.md with the code. */
class JournalWordsTests {

    private static final FormatPage PAGE = FormatPage.section("`monarch.journal`");

    @Test
    void thePageHasEveryState() {
        assertSame("state", Journal.State.values());
    }

    @Test
    void thePageHasEveryKindOfStep() {
        assertSame("kind", SwapStep.Kind.values());
    }

    private static void assertSame(String header, Enum<?>[] values) {
        List<String> names = Stream.of(values).map(Enum::name).toList();
        assertThat(PAGE.words(header)).containsExactlyInAnyOrderElementsOf(names);
    }
}

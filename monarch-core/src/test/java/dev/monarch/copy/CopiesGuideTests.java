package dev.monarch.copy;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.guide.GuideCode;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds docs/copies.md to what can be compiled. */
class CopiesGuideTests {

    @TempDir
    private Path folder;

    @Test
    void theExamplesCompile() throws IOException {
        assertThat(GuideCode.compile("copies.md", folder)).containsExactly("Refresh");
    }
}

package dev.monarch.sample.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The README's walk through the commands, as a script. */
class ReadmeIT {

    @TempDir
    private Path folder;

    @Test
    void theWalkThroughTheCommands() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        Matcher block = Pattern.compile("## The commands\n.*?```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(readme);
        assertThat(block.find()).isTrue();
        String script = "set -e\ncd ..\n" + block.group(1);

        Shell.Result walked = new Shell(folder)
                .set("KENNEL_EMBEDDED_DIRECTORY", folder.resolve("data").toString())
                .run(List.of("bash", "-c", script), "");

        assertThat(walked.exit()).as(walked.err()).isZero();
        assertThat(walked.out())
                .containsSubsequence(
                        "202611201040-dog-tags         PENDING",
                        "Applied 202611201040-dog-tags in",
                        "202611201040-dog-tags",
                        "202611201040-dog-tags         ROLLED BACK");
    }
}

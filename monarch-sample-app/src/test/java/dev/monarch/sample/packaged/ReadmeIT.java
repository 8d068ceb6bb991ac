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
        Shell.Result walked = walk("The commands");

        assertThat(walked.out())
                .containsSubsequence(
                        "202611201040-dog-tags         PENDING",
                        "Applied 202611201040-dog-tags in",
                        "202611201040-dog-tags",
                        "202611201040-dog-tags         ROLLED BACK");
    }

    @Test
    void theFirstBackup() throws IOException {
        assertThat(Files.readString(Path.of("src/main/resources/application.yaml")))
                .contains(block("The first backup, in two steps", "yaml"));

        Shell.Result walked = walk("The first backup, in two steps");

        assertThat(walked.out())
                .containsSubsequence("Backed up 'default' as first__", "BACKUP", "first__", "default", "none");
    }

    /** Does what a section says, as a person would, with data of the test's own. */
    private Shell.Result walk(String section) throws IOException {
        String script = "set -e\ncd ..\n" + block(section, "sh");
        Shell.Result walked = new Shell(folder)
                .set("KENNEL_EMBEDDED_DIRECTORY", folder.resolve("data").toString())
                .set(
                        "MONARCH_BACKUPS_LOCAL_DIRECTORY",
                        folder.resolve("backups").toString())
                .run(List.of("bash", "-c", script), "");
        assertThat(walked.exit()).as(walked.err()).isZero();
        return walked;
    }

    private static String block(String section, String language) throws IOException {
        Matcher block = Pattern.compile(
                        "## " + Pattern.quote(section) + "\n.*?```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../README.md")));
        assertThat(block.find()).as(section).isTrue();
        return block.group(1);
    }
}

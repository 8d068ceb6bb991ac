package dev.monarch.spring.boot.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.spring.boot.command.Commands.Result;

import static org.assertj.core.api.Assertions.assertThat;

/** Findings of verify-backup, which needs no database. */
class VerifyBackupVerbTests {

    private static final Path FOREIGN =
            Path.of("../monarch-core/src/test/resources/archive/others/two-databases.archive");

    private final Commands commands = new Commands().with("--spring.mongodb.uri=mongodb://localhost:1/none");

    @Test
    void aForeignArchiveIsVerifiedAndItsOmissionsAreListed() {
        Result verified = commands.run("verify-backup", FOREIGN.toString());

        assertThat(verified.exit()).as(verified.err()).isZero();
        assertThat(verified.out())
                .contains("is intact", "Note for a restore: Database 'admin' is left out: it is the server's own.");
    }

    @Test
    void aDamagedArchiveFailsAndEachFindingIsListed(@TempDir Path folder) throws IOException {
        byte[] archive = Files.readAllBytes(FOREIGN);
        Path cut = Files.write(folder.resolve("cut.archive"), Arrays.copyOf(archive, archive.length - 10));

        Result verified = commands.run("verify-backup", cut.toString());
        assertThat(verified.exit()).as(verified.err()).isEqualTo(1);
        assertThat(verified.out()).contains("is damaged:\n  - ");

        Document json = commands.run("verify-backup", cut.toString(), "--output", "json")
                .json();
        assertThat(json).containsEntry("good", false);
        assertThat(json.getList("findings", Document.class)).isNotEmpty();
    }
}

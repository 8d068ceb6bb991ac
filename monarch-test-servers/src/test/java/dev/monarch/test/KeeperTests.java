package dev.monarch.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class KeeperTests {

    @TempDir
    Path parent;

    private Path folder = Path.of("");

    @BeforeEach
    void folder() throws IOException {
        folder = Files.createDirectory(parent.resolve("with a space"));
    }

    @Test
    void closingKillsTheProcessAndDeletesTheFolder() {
        Keeper keeper = new Keeper(folder, List.of("sleep", "600"));
        ProcessHandle process = ProcessHandle.of(keeper.start()).orElseThrow();
        assertThat(keeper.alive()).isTrue();
        keeper.close();
        assertThat(process.isAlive()).isFalse();
        assertThat(folder).doesNotExist();
    }

    @Test
    void frozenProcessIsKilledToo() {
        Keeper keeper = new Keeper(folder, List.of("sleep", "600"));
        ProcessHandle process = ProcessHandle.of(keeper.start()).orElseThrow();
        keeper.signal("STOP");
        assertThat(keeper.alive()).isTrue();
        keeper.close();
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void processCanBeStartedAgainInItsFolder() throws IOException {
        try (Keeper keeper = new Keeper(folder, List.of("sleep", "600"))) {
            long first = keeper.start();
            Files.writeString(folder.resolve("data"), "kept");
            keeper.signal("KILL");
            keeper.awaitGone();
            assertThat(keeper.start()).isNotEqualTo(first);
            assertThat(keeper.alive()).isTrue();
            assertThat(folder.resolve("data")).hasContent("kept");
        }
    }

    @Test
    void noticesThatTheProcessEndedByItself() {
        try (Keeper keeper = new Keeper(folder, List.of("/bin/sh", "-c", "echo no such option; exit 2"))) {
            keeper.start();
            keeper.awaitGone();
            assertThat(folder.resolve("output")).hasContent("no such option");
            keeper.signal("KILL");
            assertThat(keeper.alive()).isFalse();
        }
    }

    @Test
    void processDiesWithAKilledJvm() throws IOException {
        Process jvm = Abandoned.jvm(folder.toString());
        String answer = jvm.inputReader().readLine();
        ProcessHandle process = ProcessHandle.of(Long.parseLong(answer)).orElseThrow();
        assertThat(process.isAlive()).isTrue();
        jvm.destroyForcibly();
        await().until(() -> !process.isAlive() && Files.notExists(folder));
    }
}

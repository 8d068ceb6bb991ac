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

class ChildProcessTests {

    @TempDir
    Path parent;

    private Path folder = Path.of("");

    @BeforeEach
    void folder() throws IOException {
        folder = Files.createDirectory(parent.resolve("with a space"));
    }

    @Test
    void closeKillsTheProcessAndDeletesItsFolder() {
        ChildProcess child = new ChildProcess(folder, List.of("sleep", "600"));
        ProcessHandle process = ProcessHandle.of(child.start()).orElseThrow();
        assertThat(child.alive()).isTrue();
        child.close();
        assertThat(process.isAlive()).isFalse();
        assertThat(folder).doesNotExist();
    }

    @Test
    void closeKillsAFrozenProcess() {
        ChildProcess child = new ChildProcess(folder, List.of("sleep", "600"));
        ProcessHandle process = ProcessHandle.of(child.start()).orElseThrow();
        child.signal("STOP");
        assertThat(child.alive()).isTrue();
        child.close();
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void theProcessCanBeRestartedInItsFolder() throws IOException {
        try (ChildProcess child = new ChildProcess(folder, List.of("sleep", "600"))) {
            long first = child.start();
            Files.writeString(folder.resolve("data"), "kept");
            child.signal("KILL");
            child.awaitGone();
            assertThat(child.start()).isNotEqualTo(first);
            assertThat(child.alive()).isTrue();
            assertThat(folder.resolve("data")).hasContent("kept");
        }
    }

    @Test
    void aProcessThatEndedIsNotAlive() {
        try (ChildProcess child = new ChildProcess(folder, List.of("/bin/sh", "-c", "echo no such option; exit 2"))) {
            child.start();
            child.awaitGone();
            assertThat(folder.resolve("output")).hasContent("no such option");
            child.signal("KILL");
            assertThat(child.alive()).isFalse();
        }
    }

    @Test
    void theProcessEndsWithAKilledJvm() throws IOException {
        Process jvm = Abandoned.jvm(folder.toString());
        String answer = jvm.inputReader().readLine();
        ProcessHandle process = ProcessHandle.of(Long.parseLong(answer)).orElseThrow();
        assertThat(process.isAlive()).isTrue();
        jvm.destroyForcibly();
        await().until(() -> !process.isAlive() && Files.notExists(folder));
    }
}

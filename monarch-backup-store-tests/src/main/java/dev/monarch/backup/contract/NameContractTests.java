package dev.monarch.backup.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.UnknownBackupException;
import dev.monarch.backup.BackupSummary;
import dev.monarch.backup.BackupUpload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** How every store must name backups, and tell them apart. Part of {@link BackupStoreContractTests}. */
public abstract class NameContractTests extends UploadContractTests {

    private static final int RACERS = 4;

    private static final int ROUNDS = 5;

    NameContractTests() {}

    @Test
    void twoWritersThatRequestOneNameGetTwoNames() {
        byte[] other = "what another archive might hold".getBytes(StandardCharsets.UTF_8);
        try (BackupUpload first = store().begin("kennel", SampleBackups.EXTENSION);
                BackupUpload second = store().begin("kennel", ".archive.gz")) {
            assertThat(first.name()).isEqualTo("kennel");
            assertThat(second.name()).isEqualTo("kennel_2");
            SampleBackups.write(second, other);
            SampleBackups.write(first, CONTENT);
            first.complete(SampleBackups.manifest("kennel", SampleBackups.STARTED, CONTENT));
        }

        assertThat(SampleBackups.store(store(), "kennel", other).name()).isEqualTo("kennel_2");
        assertThat(store().list()).extracting(BackupSummary::name).containsExactlyInAnyOrder("kennel", "kennel_2");
        assertThat(store().open("kennel")).hasBinaryContent(CONTENT);
        assertThat(store().open("kennel_2")).hasBinaryContent(other);
    }

    @Test
    void racingWritersGetDifferentNames() throws Exception {
        CyclicBarrier start = new CyclicBarrier(RACERS);
        ExecutorService threads = Executors.newFixedThreadPool(RACERS);
        List<Future<List<String>>> races = IntStream.range(0, RACERS)
                .mapToObj(racer -> threads.submit(() -> race(start)))
                .toList();
        threads.shutdown();
        List<String> names = new ArrayList<>();
        for (Future<List<String>> each : races) {
            names.addAll(get(each));
        }

        assertThat(names).hasSize(RACERS * ROUNDS).doesNotHaveDuplicates();
        assertThat(store().list()).extracting(BackupSummary::name).containsExactlyInAnyOrderElementsOf(names);
    }

    private List<String> race(CyclicBarrier start) throws Exception {
        List<String> names = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            start.await();
            names.add(SampleBackups.store(store(), "race", CONTENT).name());
        }
        return names;
    }

    private static <T> T get(Future<T> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new AssertionError("A writer failed", e.getCause());
        }
    }

    @Test
    void onlyTheNamedBackupIsDeleted() throws Exception {
        SampleBackups.store(store(), "kennel", CONTENT);
        List<String> one = contents();
        SampleBackups.store(store(), "kennel.archive", CONTENT);
        SampleBackups.store(store(), "kennel", CONTENT);
        store().delete("kennel.archive");
        store().delete("kennel_2");

        assertThat(contents()).isEqualTo(one);
        assertThat(store().open("kennel")).hasBinaryContent(CONTENT);
        assertThatExceptionOfType(UnknownBackupException.class).isThrownBy(() -> store().delete("kennel_2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".hidden", "../kennel", "a/b", "a\\b", "a\nb", "a:b", "a.", "x\u0000"})
    void anInvalidNameIsRefusedOrUnknown(String name) {
        SampleBackups.store(store(), "kennel", CONTENT);

        assertThatIllegalArgumentException().isThrownBy(() -> store().begin(name, SampleBackups.EXTENSION));
        assertThatExceptionOfType(UnknownBackupException.class).isThrownBy(() -> store().find(name));
        assertThatExceptionOfType(UnknownBackupException.class).isThrownBy(() -> store().open(name));
        assertThatExceptionOfType(UnknownBackupException.class).isThrownBy(() -> store().delete(name));
    }

    @Test
    void aNameMayContainWhateverAFileNameMay() throws Exception {
        String name = "prüfung + 1 & #2 %41";
        SampleBackups.store(store(), name, CONTENT);

        assertThat(store().list()).extracting(BackupSummary::name).containsExactly(name);
        assertThat(store().open(name)).hasBinaryContent(CONTENT);
        store().delete(name);
        assertThat(contents()).isEmpty();
    }
}

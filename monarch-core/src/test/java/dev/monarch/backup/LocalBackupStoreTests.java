package dev.monarch.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.BackupStoreException;
import dev.monarch.Reason;
import dev.monarch.UnknownBackupException;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.test.TestProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class LocalBackupStoreTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String EXTENSION = ".archive.zst";

    @TempDir
    private Path parent;

    private Path folder() {
        return parent.resolve("backups");
    }

    private LocalBackupStore store() {
        return new LocalBackupStore(folder());
    }

    @Test
    void aBackupCanBeFoundOpenedAndListed() throws IOException {
        Manifest manifest = store("kennel");

        assertThat(store().find("kennel")).isEqualTo(manifest);
        assertThat(store().list()).containsExactly(manifest.summary("local"));
        assertThat(store().open("kennel")).hasBinaryContent(Manifests.CONTENT);
        assertThat(store().open("kennel", List.of(new Span(5, 7)))).hasContent(part(5, 7));
        assertThat(store().open("kennel", List.of(new Span(1, 2), new Span(Manifests.CONTENT.length - 2, 100))))
                .hasContent(part(1, 2) + part(Manifests.CONTENT.length - 2, 2));
        assertThat(store().open("kennel", List.of(new Span(Manifests.CONTENT.length + 2, 1))))
                .isEmpty();
        assertThat(files()).containsExactlyInAnyOrder("kennel.archive.zst", "kennel.manifest.json");
    }

    private static String part(int offset, int length) {
        return new String(Manifests.CONTENT, offset, length, StandardCharsets.UTF_8);
    }

    @Test
    void theNewestBackupIsListedFirst() {
        for (String name : List.of("b", "c", "a")) {
            Instant started = Instant.parse("2026-11-20T10:30:05Z").plusSeconds(name.charAt(0));
            store(store(), Manifests.of(name, started, 1));
        }

        assertThat(store().list()).extracting(BackupSummary::name).containsExactly("c", "b", "a");
    }

    @Test
    void onlyTheOwnerCanReadTheFiles() throws IOException {
        assumeTrue(parent.getFileSystem().supportedFileAttributeViews().contains("posix"));
        store("kennel");

        assertThat(permissions(folder())).isEqualTo("rwx------");
        assertThat(permissions(folder().resolve("kennel.archive.zst"))).isEqualTo("rw-------");
        assertThat(permissions(folder().resolve("kennel.manifest.json"))).isEqualTo("rw-------");
    }

    @Test
    void anExistingFolderKeepsItsPermissions() throws IOException {
        assumeTrue(parent.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Files.createDirectory(folder());
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxr-x---"));
        store("kennel");

        assertThat(permissions(folder())).isEqualTo("rwxr-x---");
    }

    @Test
    void aNumberIsAddedToATakenName() {
        store("kennel");
        try (BackupUpload second = store().begin("kennel", EXTENSION);
                BackupUpload third = store().begin("kennel", ".archive.gz")) {
            assertThat(second.name()).isEqualTo("kennel_2");
            assertThat(third.name()).isEqualTo("kennel_3");
        }
    }

    @Test
    void aForeignFileAlsoTakesAName() throws IOException {
        Files.createDirectory(folder());
        Files.writeString(folder().resolve("kennel.archive.gz"), "mine");
        try (BackupUpload upload = store().begin("kennel", EXTENSION)) {
            assertThat(upload.name()).isEqualTo("kennel_2");
        }
        assertThat(folder().resolve("kennel.archive.gz")).hasContent("mine");
    }

    @Test
    void anAbandonedUploadLeavesNothing() throws IOException {
        try (BackupUpload upload = store().begin("kennel", EXTENSION)) {
            upload.write(Manifests.CONTENT, 0, Manifests.CONTENT.length);
            assertThat(files()).isNotEmpty();
        }

        assertThat(files()).isEmpty();
        assertThat(store().list()).isEmpty();
    }

    @Test
    void anUploadAbandonedByAnInterruptedThreadLeavesNothing() throws IOException {
        BackupUpload upload = store().begin("kennel", EXTENSION);
        Thread.currentThread().interrupt();
        upload.write(Manifests.CONTENT, 0, Manifests.CONTENT.length);
        upload.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(files()).isEmpty();
    }

    @Test
    void anInterruptDoesNotPreventTheCompletion() throws IOException {
        try (BackupUpload upload = store().begin("kennel", EXTENSION)) {
            Thread.currentThread().interrupt();
            upload.write(Manifests.CONTENT, 0, Manifests.CONTENT.length);
            upload.complete(Manifests.of("kennel"));
        }

        assertThat(Thread.interrupted()).isTrue();
        assertThat(store().list()).hasSize(1);
    }

    @Test
    void aFileThatAppearsDuringAnUploadIsNotOverwritten() throws IOException {
        Path foreign = folder().resolve("kennel.manifest.json");
        try (BackupUpload upload = store().begin("kennel", EXTENSION)) {
            upload.write(Manifests.CONTENT, 0, Manifests.CONTENT.length);
            Files.writeString(foreign, "mine");
            assertThatExceptionOfType(BackupStoreException.class)
                    .isThrownBy(() -> upload.complete(Manifests.of("kennel")));
        }

        assertThat(foreign).hasContent("mine");
        assertThat(files()).containsExactly("kennel.manifest.json");
    }

    @Test
    void cutRangesAreRemoved() throws IOException {
        try (BackupUpload upload = store().begin("kennel", EXTENSION)) {
            upload.write("0123456789".getBytes(StandardCharsets.UTF_8), 0, 10);
            upload.cut(List.of(new Span(1, 2), new Span(3, 1), new Span(8, 2)));
            upload.write(new byte[] {'x'}, 0, 1);
            upload.complete(Manifests.of("kennel"));
        }

        assertThat(store().open("kennel")).hasContent("04567x");
    }

    @Test
    void dataWrittenInManyPiecesIsStoredUnchanged() throws IOException {
        byte[] written = new byte[9_000_001];
        new Random(1).nextBytes(written);
        try (BackupUpload upload = store().begin("kennel", EXTENSION)) {
            for (int at = 0, length = 1; at < written.length; at += length, length = length * 3 % 1_000_003) {
                length = Math.min(length, written.length - at);
                upload.write(written, at, length);
            }
            try (InputStream contents = upload.contents()) {
                assertThat(Arrays.mismatch(contents.readAllBytes(), written)).isNegative();
            }
            upload.cut(List.of(new Span(4_200_000, 10), new Span(8_500_000, 501)));
            upload.write(written, 0, 5_000_000);
            upload.complete(Manifests.of("kennel"));
        }

        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.write(written, 0, 4_200_000);
        expected.write(written, 4_200_010, 8_500_000 - 4_200_010);
        expected.write(written, 8_500_501, written.length - 8_500_501);
        expected.write(written, 0, 5_000_000);
        assertThat(Arrays.mismatch(Files.readAllBytes(folder().resolve("kennel.archive.zst")), expected.toByteArray()))
                .isNegative();
    }

    @Test
    void anInterruptDuringAWriteLosesNoData() throws IOException {
        byte[] piece = new byte[5_000_000];
        try (BackupUpload upload = store().begin("kennel", EXTENSION)) {
            upload.write(piece, 0, piece.length);
            Thread.currentThread().interrupt();
            upload.write(piece, 0, piece.length);
            upload.write(piece, 0, piece.length);
            assertThat(Thread.interrupted()).isTrue();
            upload.complete(Manifests.of("kennel"));
        }

        assertThat(folder().resolve("kennel.archive.zst")).hasSize(15_000_000);
    }

    @Test
    void aDeletedBackupIsGone() throws IOException {
        store("kennel");
        store("other");
        store().delete("kennel");

        assertThat(files()).containsExactlyInAnyOrder("other.archive.zst", "other.manifest.json");
        assertThatExceptionOfType(UnknownBackupException.class).isThrownBy(() -> store().delete("kennel"));
    }

    @Test
    void anUnknownNameIsRefusedWithSimilarNames() {
        store("production__2026_11_20T103005Z");

        assertThatExceptionOfType(UnknownBackupException.class)
                .isThrownBy(() -> store().find("production__2026_11_20T103006Z"))
                .satisfies(e -> assertThat(e.suggestions()).containsExactly("production__2026_11_20T103005Z"))
                .withMessageContaining(folder().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".hidden", "../etc/passwd", "a/b", "a\\b", "a\nb", "a:b", "a.", "x\u0000"})
    void anInvalidNameIsRefusedOrUnknown(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> store().begin(name, EXTENSION));
        assertThatExceptionOfType(UnknownBackupException.class).isThrownBy(() -> store().find(name));
        assertThatExceptionOfType(UnknownBackupException.class).isThrownBy(() -> store().open(name));
        assertThatExceptionOfType(UnknownBackupException.class).isThrownBy(() -> store().delete(name));
    }

    @Test
    void otherFilesAreNotListed() throws IOException {
        store("kennel");
        Files.writeString(folder().resolve("notes.txt"), "");
        Files.writeString(folder().resolve("dump.archive.gz"), "no manifest");
        Files.writeString(folder().resolve("foreign.manifest.json"), "{}");
        Files.createDirectory(folder().resolve("folder.manifest.json"));
        Files.write(folder().resolve("dataless.manifest.json"), ManifestJson.write(Manifests.of("dataless")));
        Files.write(folder().resolve("short.manifest.json"), ManifestJson.write(Manifests.of("short")));
        Files.writeString(folder().resolve("short.archive.zst"), "short");

        assertThat(store().list()).extracting(BackupSummary::name).containsExactly("kennel");
    }

    @Test
    void aMissingFolderHasNoBackups() {
        assertThat(store().list()).isEmpty();
    }

    @Test
    void aFolderThatCannotBeCreatedIsAnError() {
        LocalBackupStore nowhere = new LocalBackupStore(parent.resolve("a/b/c"));

        assertThatExceptionOfType(BackupStoreException.class)
                .isThrownBy(() -> nowhere.begin("kennel", EXTENSION))
                .withMessageContaining("it does not exist and cannot be created")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.BACKUP_FOLDER_UNUSABLE));
    }

    @Test
    void aFileInsteadOfAFolderIsAnError() throws IOException {
        Files.writeString(folder(), "");

        assertThatExceptionOfType(BackupStoreException.class)
                .isThrownBy(() -> store().begin("kennel", EXTENSION))
                .withMessageContaining("it is not a folder");
    }

    @Test
    void theMessageNamesADamagedManifest() throws IOException {
        store("kennel");
        Path manifest = folder().resolve("kennel.manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("kennel", "kernel"));

        assertThatExceptionOfType(BackupStoreException.class)
                .isThrownBy(() -> store().find("kennel"))
                .withMessageContaining("the manifest 'kennel.manifest.json' is damaged");
        assertThat(store().list()).isEmpty();
    }

    @Test
    void aBackupCanBeRenamedByHand() throws IOException {
        store("kennel");
        for (String end : List.of(".archive.zst", ".manifest.json")) {
            Files.move(folder().resolve("kennel" + end), folder().resolve("renamed" + end));
        }

        assertThat(store().list()).extracting(BackupSummary::name).containsExactly("renamed");
        assertThat(store().open("renamed")).hasBinaryContent(Manifests.CONTENT);
    }

    @Test
    void racingThreadsGetDifferentNames() throws Exception {
        int racers = 4;
        int rounds = 10;
        CyclicBarrier start = new CyclicBarrier(racers);
        ExecutorService threads = Executors.newFixedThreadPool(racers);
        List<Future<List<String>>> runs = new ArrayList<>();
        for (int i = 0; i < racers; i++) {
            runs.add(threads.submit(() -> {
                List<String> names = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                    start.await();
                    names.add(store("race").name());
                }
                return names;
            }));
        }
        Set<String> names = new TreeSet<>();
        for (Future<List<String>> run : runs) {
            names.addAll(run.get(60, TimeUnit.SECONDS));
        }
        threads.shutdown();

        assertThat(names).hasSize(racers * rounds);
        assertThat(store().list()).extracting(BackupSummary::name).containsExactlyInAnyOrderElementsOf(names);
        assertThat(files()).hasSize(2 * racers * rounds);
    }

    @Test
    void racingProcessesGetDifferentNames() throws IOException {
        try (TestProcess one = process("race");
                TestProcess two = process("race")) {
            one.awaitLine("READY"::equals, PATIENCE);
            two.awaitLine("READY"::equals, PATIENCE);
            Files.createFile(parent.resolve("go"));
            assertThat(one.awaitExit(PATIENCE)).isZero();
            assertThat(two.awaitExit(PATIENCE)).isZero();
        }

        assertThat(store().list()).hasSize(2 * StoreProcess.ROUNDS);
        assertThat(files()).hasSize(4 * StoreProcess.ROUNDS);
    }

    @Test
    void theNextBackupRemovesOnlyTheFilesOfAKilledProcess() throws IOException {
        try (TestProcess process = process("hang")) {
            process.awaitLine("WRITING"::equals, PATIENCE);
            Files.writeString(folder().resolve(".other.part"), "mine");
            try (BackupUpload meanwhile = store().begin("kennel", EXTENSION)) {
                assertThat(meanwhile.name()).as("the other process is alive").isEqualTo("kennel_2");
            }
            process.kill();
        }
        assertThat(files()).contains(".kennel.part", ".kennel.busy");
        assertThat(store().list()).isEmpty();

        assertThat(store("kennel").name()).isEqualTo("kennel");

        assertThat(files()).containsExactlyInAnyOrder("kennel.archive.zst", "kennel.manifest.json", ".other.part");
    }

    @Test
    void aWriterWithoutMemoryReleasesItsName() throws IOException {
        List<String> command = TestProcess.javaCommand();
        command.addAll(List.of("-XX:MaxDirectMemorySize=10m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(StoreProcess.class.getName(), "starve", folder().toString()));
        try (TestProcess process = TestProcess.start(Map.of(), command)) {
            process.awaitLine(line -> line.startsWith("STARVED"), PATIENCE);
            assertThat(process.awaitExit(PATIENCE)).isZero();
        }

        assertThat(files()).containsExactlyInAnyOrder("kennel.archive.zst", "kennel.manifest.json");
    }

    @Test
    void dataWithoutAManifestIsRemovedIfItsWriterDied() throws IOException {
        store("kennel");
        Files.delete(folder().resolve("kennel.manifest.json"));
        Files.writeString(folder().resolve(".kennel.busy"), EXTENSION);
        Files.writeString(folder().resolve("foreign.archive.zst"), "no manifest either, and nobody who died");

        store("other");

        assertThat(files())
                .containsExactlyInAnyOrder("other.archive.zst", "other.manifest.json", "foreign.archive.zst");
    }

    @Test
    void aBackupWhoseWriterDiedAfterTheManifestIsComplete() throws IOException {
        store("kennel");
        Files.writeString(folder().resolve(".kennel.busy"), EXTENSION);

        store("other");

        assertThat(store().list()).extracting(BackupSummary::name).containsExactlyInAnyOrder("kennel", "other");
        assertThat(files()).doesNotContain(".kennel.busy");
    }

    @Test
    void aDeletionRemovesOnlyWhatIsLeftOfItsOwnName() throws IOException {
        store("kennel");
        store("other");
        for (String name : List.of("kennel", "other", "third")) {
            Files.writeString(folder().resolve("." + name + ".busy"), EXTENSION);
        }

        store().delete("kennel");

        assertThat(files())
                .as("the next backup removes the others; a pruning must not list the folder for each backup")
                .containsExactlyInAnyOrder("other.archive.zst", "other.manifest.json", ".other.busy", ".third.busy");
    }

    @Test
    void aFullDiskIsReportedAndLeavesNothing() throws Exception {
        try (TinyDisk disk = TinyDisk.mountedIn(parent)) {
            Path backups = disk.folder().resolve("backups");
            for (int megabytes : List.of(1, 20)) {
                try (BackupUpload upload = new LocalBackupStore(backups).begin("kennel", EXTENSION)) {
                    assertThatExceptionOfType(BackupStoreException.class)
                            .isThrownBy(() -> {
                                for (int i = 0; i < megabytes; i++) {
                                    upload.write(new byte[1024 * 1024], 0, 1024 * 1024);
                                }
                                upload.complete(Manifests.of("kennel"));
                            })
                            .withMessageContaining("its disk is full")
                            .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.BACKUP_DISK_FULL));
                }
            }
            assertThat(files(backups)).isEmpty();
        }
    }

    private TestProcess process(String what) {
        return TestProcess.java(
                StoreProcess.class,
                what,
                folder().toString(),
                parent.resolve("go").toString());
    }

    private Manifest store(String name) {
        return store(store(), Manifests.of(name));
    }

    static Manifest store(BackupStore store, Manifest manifest) {
        try (BackupUpload upload = store.begin(manifest.name(), EXTENSION)) {
            upload.write(Manifests.CONTENT, 0, Manifests.CONTENT.length);
            return upload.complete(manifest.withName(upload.name()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private List<String> files() throws IOException {
        return files(folder());
    }

    /** All files except the lock file, which stays. */
    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".monarch.lock"))
                    .toList();
        }
    }
}

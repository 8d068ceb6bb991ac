package dev.monarch.spring.boot.s3;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

import dev.monarch.BackupStoreException;
import dev.monarch.UnknownBackupException;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.backup.BackupArchive;
import dev.monarch.backup.BackupStore.ForeignArchive;
import dev.monarch.backup.BackupSummary;
import dev.monarch.backup.BackupUpload;
import dev.monarch.backup.Manifest;
import dev.monarch.backup.contract.SampleBackups;
import dev.monarch.test.TestProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

class S3BackupStoreTests {

    private static final byte[] SMALL = "what an archive might hold".getBytes(StandardCharsets.UTF_8);

    private final TestBucket bucket = TestBucket.create();

    private final S3BackupStore store = bucket.store();

    @AfterEach
    void close() {
        bucket.close();
    }

    @Test
    void aStoredBackupIsFoundOpenedAndListed() {
        Manifest manifest = SampleBackups.store(store, "kennel", SMALL);

        assertThat(store.find("kennel")).isEqualTo(manifest);
        assertThat(store.list()).containsExactly(manifest.summary("s3"));
        assertThat(store.open("kennel")).hasBinaryContent(SMALL);
        assertThat(store.open("kennel", List.of(new Span(1, 2), new Span(SMALL.length - 2, 100))))
                .hasContent("hald");
        assertThat(bucket.keys()).containsExactly("kennel.archive.zst", "kennel.manifest.json");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5 * TestBucket.MIB, 5 * TestBucket.MIB + 1, 20 * TestBucket.MIB, 47 * TestBucket.MIB})
    void dataOfAnyLengthIsReadUnchanged(int length) throws IOException {
        byte[] content = SampleBackups.bytes(length);
        Manifest manifest = SampleBackups.store(store, "kennel", content);

        assertThat(store.open("kennel").readAllBytes()).isEqualTo(content);
        assertThat(manifest.archive().length()).isEqualTo(length);
        assertThat(bucket.pendingUploads()).isEmpty();
    }

    /** 5, 5 and 10 MiB fill an object here. */
    @Test
    void dataThatExceedsAnObjectContinuesInTheNextOne() throws IOException {
        byte[] content = SampleBackups.bytes(47 * TestBucket.MIB);
        Manifest manifest = SampleBackups.store(store, "kennel", content);

        assertThat(manifest.archive().volumes())
                .extracting(BackupArchive.Volume::extension, BackupArchive.Volume::length)
                .containsExactly(
                        tuple(".archive.zst", 20L * TestBucket.MIB),
                        tuple(".archive.zst.001", 20L * TestBucket.MIB),
                        tuple(".archive.zst.002", 7L * TestBucket.MIB));
        assertThat(store.find("kennel")).isEqualTo(manifest);
        assertThat(store.list()).hasSize(1);
        assertThat(store.foreignArchives()).isEmpty();
        int border = 20 * TestBucket.MIB;
        try (InputStream across = store.open("kennel", List.of(new Span(border - 3, 7)))) {
            assertThat(across.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, border - 3, border + 4));
        }
        store.delete("kennel");
        assertThat(bucket.keys()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 25 * TestBucket.MIB})
    void rangesCanBeRemoved(int length) throws IOException {
        byte[] content = SampleBackups.bytes(length);
        int third = length / 3;
        byte[] kept = new byte[length - third - 10];
        System.arraycopy(content, 10, kept, 0, third - 10);
        System.arraycopy(content, 2 * third, kept, third - 10, length - 2 * third);
        try (BackupUpload upload = store.begin("kennel", SampleBackups.EXTENSION)) {
            SampleBackups.write(upload, content);
            upload.cut(List.of(new Span(0, 10), new Span(third, third)));
            assertThat(upload.contents().readAllBytes()).isEqualTo(kept);
            upload.complete(SampleBackups.manifest(upload.name(), SampleBackups.STARTED, kept));
        }

        assertThat(store.open("kennel").readAllBytes()).isEqualTo(kept);
        assertThat(bucket.keys()).containsExactly("kennel.archive.zst", "kennel.manifest.json");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 26 * TestBucket.MIB})
    void anIncompleteUploadLeavesNothing(int length) {
        try (BackupUpload upload = store.begin("kennel", SampleBackups.EXTENSION)) {
            SampleBackups.write(upload, SampleBackups.bytes(length));
        }

        assertThat(bucket.keys()).isEmpty();
        assertThat(bucket.pendingUploads()).isEmpty();
    }

    @Test
    void nothingCanBeWrittenAfterClosing() {
        BackupUpload upload = store.begin("kennel", SampleBackups.EXTENSION);
        upload.close();
        upload.close();

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> upload.write(SMALL, 0, 1));
    }

    @Test
    void anInterruptedThreadCanCompleteAndAbort() {
        BackupUpload upload = store.begin("kept", SampleBackups.EXTENSION);
        SampleBackups.write(upload, SMALL);
        BackupUpload other = store.begin("given-up", SampleBackups.EXTENSION);
        SampleBackups.write(other, SMALL);
        Thread.currentThread().interrupt();
        upload.complete(SampleBackups.manifest("kept", SampleBackups.STARTED, SMALL));
        upload.close();
        other.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(bucket.keys()).containsExactly("kept.archive.zst", "kept.manifest.json");
    }

    @Test
    void aNameInUseGetsANumber() {
        bucket.put("kennel_2.archive.gz", "somebody's");
        try (BackupUpload first = store.begin("kennel", SampleBackups.EXTENSION);
                BackupUpload second = store.begin("kennel", SampleBackups.EXTENSION)) {
            assertThat(first.name()).isEqualTo("kennel");
            assertThat(second.name()).isEqualTo("kennel_3");
            first.complete(SampleBackups.manifest("kennel", SampleBackups.STARTED, new byte[0]));
        }

        assertThat(SampleBackups.store(store, "kennel", SMALL).name()).isEqualTo("kennel_3");
        assertThat(bucket.keys())
                .containsExactly(
                        "kennel.archive.zst",
                        "kennel.manifest.json",
                        "kennel_2.archive.gz",
                        "kennel_3.archive.zst",
                        "kennel_3.manifest.json");
    }

    @Test
    void concurrentUploadsGetDifferentNames() throws Exception {
        int racers = 8;
        ExecutorService threads = Executors.newFixedThreadPool(racers);
        List<Callable<String>> race = IntStream.range(0, racers)
                .mapToObj(i -> (Callable<String>) () -> SampleBackups.store(store, "race", SampleBackups.bytes(i))
                        .name())
                .toList();
        List<String> names = threads.invokeAll(race).stream()
                .map(each -> {
                    try {
                        return each.get();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
        threads.shutdown();

        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("race(_\\d)?"));
        assertThat(store.list()).extracting(BackupSummary::name).containsExactlyInAnyOrderElementsOf(names);
        assertThat(bucket.keys()).hasSize(2 * racers);
    }

    @Test
    void anExistingManifestIsNeverReplaced() {
        try (BackupUpload upload = store.begin("kennel", SampleBackups.EXTENSION)) {
            SampleBackups.write(upload, SMALL);
            bucket.put("kennel.manifest.json", "somebody's");
            assertThatExceptionOfType(BackupStoreException.class)
                    .isThrownBy(() -> upload.complete(SampleBackups.manifest("kennel", SampleBackups.STARTED, SMALL)))
                    .withMessageContaining("another process has written 'backups/kennel/kennel.manifest.json'");
        }

        assertThat(bucket.keys()).containsExactly("kennel.manifest.json");
    }

    @Test
    void onlyForeignArchivesAreListedAsForeign() {
        SampleBackups.store(store, "kennel", SMALL);
        bucket.put("notes.txt", "");
        bucket.put("dump.archive.gz", "by mongodump");
        bucket.put("deeper/dump.archive.gz", "by mongodump");
        bucket.put("dump.TAR.GZ", "by tar");
        try (BackupUpload upload = store.begin("on-its-way", SampleBackups.EXTENSION)) {
            bucket.put(upload.name() + ".archive.zst", "a part");
            assertThat(store.foreignArchives())
                    .extracting(ForeignArchive::name, ForeignArchive::bytes)
                    .containsExactly(tuple("dump.TAR.GZ", 6L), tuple("dump.archive.gz", 12L));
            // Any object can be opened, but nothing outside of the prefix.
            assertThat(store.foreignArchive("notes.txt")).isPresent();
            assertThat(store.foreignArchive("deeper/dump.archive.gz")).isEmpty();
            assertThat(store.foreignArchive(".busy")).isEmpty();
            assertThat(store.openForeign("dump.archive.gz", new Span(3, 6))).hasContent("mongod");
            assertThat(store.list()).extracting(BackupSummary::name).containsExactly("kennel");
        }
    }

    @Test
    void aDamagedBackupIsNotListed() {
        SampleBackups.store(store, "whole", SMALL);
        SampleBackups.store(store, "shorter", SMALL);
        SampleBackups.store(store, "lost", SMALL);
        bucket.put("shorter.archive.zst", "less");
        bucket.client()
                .deleteObject(delete -> delete.bucket(bucket.name()).key(TestBucket.PREFIX + "lost.archive.zst"));
        bucket.put("odd.manifest.json", "{}");

        assertThat(store.list()).extracting(BackupSummary::name).containsExactly("whole");
        assertThatExceptionOfType(BackupStoreException.class)
                .isThrownBy(() -> store.open("shorter"))
                .withMessageContaining("'backups/kennel/shorter.archive.zst' is of another length");
        assertThatExceptionOfType(BackupStoreException.class)
                .isThrownBy(() -> store.find("odd"))
                .withMessageContaining("odd.manifest.json");
    }

    @Test
    void aManifestIsReadAgainOnlyIfItChanged() {
        SampleBackups.store(store, "first", SMALL);
        SampleBackups.store(store, "second", SMALL);
        AtomicInteger reads = new AtomicInteger();
        S3Client counted = (S3Client) Proxy.newProxyInstance(
                S3Client.class.getClassLoader(), new Class<?>[] {S3Client.class}, (proxy, method, arguments) -> {
                    if (method.getName().startsWith("getObject")) {
                        reads.incrementAndGet();
                    }
                    return method.invoke(bucket.client(), arguments);
                });
        S3BackupStore counting = bucket.store(counted, TestBucket.LIMITS);

        List<BackupSummary> listed = counting.list();
        assertThat(reads.getAndSet(0)).isEqualTo(2);
        assertThat(counting.list()).hasSize(2).isEqualTo(listed);
        assertThat(reads.getAndSet(0)).isZero();

        store.delete("first");
        store.delete("second");
        SampleBackups.store(store, "second", "another archive".getBytes(StandardCharsets.UTF_8));
        assertThat(counting.list()).isEqualTo(store.list()).isNotEqualTo(listed.subList(0, 1));
        assertThat(reads.getAndSet(0)).isEqualTo(1);

        bucket.put("second.archive.zst", "less");
        assertThat(counting.list()).as("its data is damaged").isEmpty();
        bucket.put("second.manifest.json", "{}");
        assertThat(counting.list()).as("its manifest is damaged").isEmpty();
    }

    @Test
    void aFileOfADirectoryIsReadWithOneRequest() throws IOException {
        for (int i = 0; i < 5; i++) {
            bucket.put("dump/kennel/dogs" + i + ".bson", "dogs" + i);
        }
        List<String> requests = new CopyOnWriteArrayList<>();
        S3BackupStore counting = counting(requests);

        try (Stream<ForeignArchive> files = counting.foreignFiles("dump")) {
            for (ForeignArchive file : files.toList()) {
                try (InputStream content = counting.openForeign(file.name(), new Span(0, file.bytes()))) {
                    assertThat(content).asString(StandardCharsets.UTF_8).startsWith("dogs");
                }
            }
        }
        assertThat(requests).containsOnly("getObject").hasSize(5);

        // Another object may have its key when it is read again.
        bucket.put("dump/kennel/dogs1.bson", "cats");
        try (InputStream content = counting.openForeign("dump/kennel/dogs1.bson", new Span(0, 4))) {
            assertThat(content).hasContent("cats");
        }
    }

    @Test
    void theNextPartsOfAFileAreReadWithOneRequestEachAndAreOfTheSameObject() throws IOException {
        bucket.put("dump/kennel/dogs.bson", "RexBello");
        bucket.put("dogs.zip", "RexBello");
        List<String> requests = new CopyOnWriteArrayList<>();
        S3BackupStore counting = counting(requests);
        try (Stream<ForeignArchive> files = counting.foreignFiles("dump")) {
            assertThat(files).hasSize(1);
        }
        assertThat(counting.foreignArchive("dogs.zip")).isPresent();
        requests.clear();

        assertThat(read(counting, "dump/kennel/dogs.bson", new Span(0, 3))).isEqualTo("Rex");
        assertThat(read(counting, "dump/kennel/dogs.bson", new Span(3, 2))).isEqualTo("Be");
        assertThat(read(counting, "dump/kennel/dogs.bson", new Span(5, 3))).isEqualTo("llo");
        // A zip file is read from its end.
        assertThat(read(counting, "dogs.zip", new Span(3, 5))).isEqualTo("Bello");
        assertThat(requests).containsOnly("getObject").hasSize(4);

        bucket.put("dump/kennel/dogs.bson", "RexLunaX");
        assertThatExceptionOfType(BackupStoreException.class)
                .isThrownBy(() -> read(counting, "dump/kennel/dogs.bson", new Span(3, 5)));
    }

    private static String read(S3BackupStore store, String name, Span span) throws IOException {
        try (InputStream content = store.openForeign(name, span)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A store that records the names of its requests for objects. */
    private S3BackupStore counting(List<String> requests) {
        S3Client counted = (S3Client) Proxy.newProxyInstance(
                S3Client.class.getClassLoader(), new Class<?>[] {S3Client.class}, (proxy, method, arguments) -> {
                    if (method.getName().matches("headObject|getObject.*")) {
                        requests.add(method.getName());
                    }
                    return method.invoke(bucket.client(), arguments);
                });
        return bucket.store(counted, TestBucket.LIMITS);
    }

    @Test
    void theNewestIsListedFirst() {
        for (String name : List.of("b", "c", "a")) {
            Instant started = SampleBackups.STARTED.plusSeconds(name.charAt(0));
            try (BackupUpload upload = store.begin(name, SampleBackups.EXTENSION)) {
                upload.complete(SampleBackups.manifest(name, started, new byte[0]));
            }
        }

        assertThat(store.list()).extracting(BackupSummary::name).containsExactly("c", "b", "a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kennex", "", "../kennel", "a/b", ".busy"})
    void unknownNamesAreReportedAsUnknown(String name) {
        SampleBackups.store(store, "kennel", SMALL);

        assertThatExceptionOfType(UnknownBackupException.class).isThrownBy(() -> store.find(name));
        assertThatExceptionOfType(UnknownBackupException.class).isThrownBy(() -> store.open(name));
        assertThatExceptionOfType(UnknownBackupException.class).isThrownBy(() -> store.delete(name));
    }

    @Test
    void namesMayContainAllCharactersOfFileNames() {
        String name = "prüfung + 1 & #2 %41";
        SampleBackups.store(store, name, SMALL);

        assertThat(store.list()).extracting(BackupSummary::name).containsExactly(name);
        assertThat(store.open(name)).hasBinaryContent(SMALL);
        store.delete(name);
        assertThat(bucket.keys()).isEmpty();
    }

    @Test
    void onlyTheNamedBackupIsDeleted() {
        SampleBackups.store(store, "kennel", SMALL);
        SampleBackups.store(store, "kennel.archive", SMALL);
        store.delete("kennel");

        assertThat(bucket.keys()).containsExactly("kennel.archive.archive.zst", "kennel.archive.manifest.json");
    }

    @Test
    void aDownloadNeedsTheMemoryOfAFewParts() {
        byte[] content = SampleBackups.bytes(64 * TestBucket.MIB);
        SampleBackups.store(bucket.store(), "kennel", content);
        S3Server server = bucket.server();
        List<String> command = TestProcess.javaCommand();
        command.addAll(List.of("-Xmx44m", "-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(
                DownloadProcess.class.getName(),
                server.endpoint().toString(),
                server.accessKey(),
                server.secretKey(),
                bucket.name(),
                Integer.toString(content.length)));

        try (TestProcess process = TestProcess.start(Map.of(), command)) {
            process.awaitLine(("READ " + (content.length - 90))::equals, Duration.ofSeconds(90));
        }
    }
}

package dev.monarch.backup.contract;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.monarch.BackupStoreException;
import dev.monarch.UnknownBackupException;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.backup.BackupStore;
import dev.monarch.backup.BackupStore.ForeignArchive;
import dev.monarch.backup.BackupSummary;
import dev.monarch.backup.BackupUpload;
import dev.monarch.backup.Manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What every {@link BackupStore} must do. The tests of a store extend this class, and implement the abstract methods
 * of {@link TestedStore}.
 */
public abstract class BackupStoreContractTests extends NameContractTests {

    /** No store reads further ahead than this many times the length of several pieces. */
    private static final int MORE_THAN_AHEAD = 4;

    /** Creates the tests. */
    protected BackupStoreContractTests() {}

    /**
     * Stores many backups, as {@link SampleBackups} builds them. Override it if there is a faster way than through the
     * store.
     *
     * @param manifests their manifests
     * @param content the data of each
     * @throws Exception if they cannot be stored
     */
    protected void storeAll(List<Manifest> manifests, byte[] content) throws Exception {
        for (Manifest manifest : manifests) {
            try (BackupUpload upload = store().begin(manifest.name(), SampleBackups.EXTENSION)) {
                SampleBackups.write(upload, content);
                upload.complete(manifest);
            }
        }
    }

    @Test
    void aCompleteBackupCanBeFoundListedAndOpened() {
        Manifest manifest = SampleBackups.store(store(), "kennel", CONTENT);

        assertThat(store().find("kennel")).isEqualTo(manifest);
        assertThat(store().list()).containsExactly(manifest.summary(store().name()));
        assertThat(store().open("kennel")).hasBinaryContent(CONTENT);
        assertThat(store().others(store().list())).isEmpty();
    }

    @Test
    void onlyTheRequestedRangesAreOpened() {
        SampleBackups.store(store(), "kennel", CONTENT);
        int end = CONTENT.length;

        assertThat(store().open("kennel", List.of(new Span(1, 2), new Span(end - 2, 100))))
                .hasContent("hald");
        assertThat(store().open("kennel", List.of(new Span(end + 2, 1)))).isEmpty();
    }

    @Test
    void foreignFilesAreReportedAndNeverChanged() throws Exception {
        Set<String> foreign = new TreeSet<>(Set.of(
                "notes.txt", "dump.archive.gz", "kennel.archive.gz", "kennel.archive.zst.old", "odd.manifest.json"));
        SampleBackups.store(store(), "kennel", CONTENT);
        SampleBackups.store(store(), "second", CONTENT);
        for (String name : foreign) {
            put(name, CONTENT);
        }
        List<BackupSummary> listed = store().list();
        assertThat(listed).extracting(BackupSummary::name).containsExactlyInAnyOrder("kennel", "second");
        assertThat(store().others(listed)).containsExactlyInAnyOrderElementsOf(foreign);

        try (BackupUpload upload = store().begin("kennel", SampleBackups.EXTENSION)) {
            SampleBackups.write(upload, SampleBackups.bytes(lengthOfSeveralPieces()));
            upload.contents().close();
            assertThat(store().others(listed)).containsExactlyInAnyOrderElementsOf(foreign);
        }
        store().delete("kennel");
        store().delete("second");

        assertThat(contents()).containsExactlyInAnyOrderElementsOf(foreign);
        assertThat(SampleBackups.store(store(), "dump", CONTENT).name())
                .as("the name of a foreign archive")
                .isEqualTo("dump_2");
    }

    /** Stores that do not support other dumps find none. */
    @Test
    void theFilesOfADirectoryWithADumpAreListedAndOpened() throws Exception {
        for (String name :
                List.of("dump/shop/dogs.bson", "dump/shop/dogs.metadata.json", "dump/notes.txt", "photos/dog.jpg")) {
            put(name, CONTENT);
        }
        Optional<ForeignArchive> dump = store().foreignArchive("dump");
        assumeThat(dump).isPresent();

        assertThat(dump.get().directory()).isTrue();
        assertThat(store().foreignArchives()).extracting(ForeignArchive::name).containsExactly("dump");
        assertThat(store().foreignArchive("photos")).isEmpty();
        assertThat(store().foreignArchive("dump/shop")).isEmpty();
        try (Stream<ForeignArchive> files = store().foreignFiles("dump")) {
            assertThat(files)
                    .extracting(ForeignArchive::name)
                    .containsExactly("dump/notes.txt", "dump/shop/dogs.bson", "dump/shop/dogs.metadata.json");
        }
        try (Stream<ForeignArchive> files = store().foreignFiles("dump")) {
            assertThat(files).allSatisfy(file -> assertThat(file.bytes()).isEqualTo(CONTENT.length));
        }
        try (InputStream part = store().openForeign("dump/shop/dogs.bson", new Span(5, 100))) {
            assertThat(part.readAllBytes()).isEqualTo(Arrays.copyOfRange(CONTENT, 5, CONTENT.length));
        }
        assertThatExceptionOfType(UnknownBackupException.class)
                .isThrownBy(() -> store().openForeign("dump/shop/cats.bson", new Span(0, 1)));
        assertThat(store().foreignFiles("nothing")).isEmpty();
    }

    @Test
    void aBackupDeletedDuringAReadNeverLooksShorter() throws IOException {
        byte[] content = SampleBackups.bytes(MORE_THAN_AHEAD * lengthOfSeveralPieces());
        SampleBackups.store(store(), "kennel", content);
        try (InputStream reading = store().open("kennel")) {
            assertThat(reading.read()).isEqualTo(content[0] & 0xFF);
            store().delete("kennel");
            byte[] rest = reading.readAllBytes();
            assertThat(Arrays.equals(rest, 0, rest.length, content, 1, content.length))
                    .as("all of the rest was read")
                    .isTrue();
        } catch (BackupStoreException e) {
            assertThat(e).hasMessageContaining("kennel");
        }
        requireNothing();
    }

    static IntStream numbersOfBackups() {
        return IntStream.of(500, Integer.getInteger("monarch.proof.backups", 1_200));
    }

    /**
     * Services list up to a thousand objects at a time. This tests exactly that many, and then several pages of any
     * length.
     */
    @ParameterizedTest
    @MethodSource("numbersOfBackups")
    void thousandsOfBackupsAreListedNewestFirst(int count) throws Exception {
        byte[] content = {1};
        List<Manifest> manifests = IntStream.range(0, count)
                .mapToObj(i -> SampleBackups.manifest(
                        "kennel-" + i, SampleBackups.STARTED.plusSeconds(i * 7L % count), content))
                .toList();
        storeAll(manifests, content);
        put("notes.txt", content);
        Comparator<Instant> newestFirst = Comparator.reverseOrder();

        List<BackupSummary> listed = store().list();
        assertThat(listed)
                .extracting(BackupSummary::name)
                .containsExactlyElementsOf(manifests.stream()
                        .sorted(Comparator.comparing(
                                manifest -> manifest.origin().started(), newestFirst))
                        .map(Manifest::name)
                        .toList());
        assertThat(store().others(listed)).containsExactly("notes.txt");
        assertThat(store().others(listed.subList(1, count)))
                .contains("notes.txt")
                .anyMatch(name -> name.startsWith(listed.get(0).name() + "."));
    }
}

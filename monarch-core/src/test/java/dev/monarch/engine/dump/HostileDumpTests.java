package dev.monarch.engine.dump;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.DamagedArchiveException;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.engine.archive.DumpReader;
import dev.monarch.engine.archive.Fixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Dumps that were made to do harm are refused. */
class HostileDumpTests {

    private static final byte[] DOCUMENT = {14, 0, 0, 0, 0x10, '_', 'i', 'd', 0, 1, 0, 0, 0, 0};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../dogs.bson",
                "dump/../../etc/cron.d/dogs.bson",
                "..\\..\\dogs.bson",
                "/etc/dogs.bson",
                "C:\\Windows\\dogs.bson",
                "../../evil.sh"
            })
    void aPathThatLeadsOutIsRefused(String path) throws IOException {
        for (byte[] bytes :
                List.of(zip(Map.of("kennel/cats.bson", DOCUMENT, path, DOCUMENT)), tar(entry(path), DOCUMENT))) {
            assertDamaged(bytes).withMessageContaining("leads out of the dump").withMessageContaining("dump.file");
        }
    }

    @Test
    void linksAndSpecialFilesAreRefused() throws IOException {
        assertDamaged(tar(new TarArchiveEntry("kennel/dogs.bson", TarArchiveEntry.LF_SYMLINK), new byte[0]))
                .withMessageContaining("'kennel/dogs.bson' is a link");
        assertDamaged(tar(new TarArchiveEntry("kennel/dogs.bson", TarArchiveEntry.LF_LINK), new byte[0]))
                .withMessageContaining("'kennel/dogs.bson' is a link");
        assertDamaged(tar(new TarArchiveEntry("kennel/dogs.bson", TarArchiveEntry.LF_FIFO), new byte[0]))
                .withMessageContaining("'kennel/dogs.bson' is not a regular file");
        ZipArchiveEntry link = new ZipArchiveEntry("kennel/dogs.bson");
        link.setUnixMode(0120777);
        assertDamaged(zip(link, "/etc/passwd".getBytes(StandardCharsets.US_ASCII)))
                .withMessageContaining("'kennel/dogs.bson' is a link");

        Path dump = Files.createDirectories(folder.resolve("dump/kennel"));
        Files.createSymbolicLink(dump.resolve("dogs.bson"), Path.of("/etc/passwd"));
        assertThatExceptionOfType(DamagedArchiveException.class)
                .isThrownBy(() -> Dump.ofFolder(folder.resolve("dump"), DumpFormTests.LIMITS)
                        .open())
                .withMessage("'kennel/dogs.bson' is damaged at byte 0: it is a link.");
    }

    @Test
    void namesTwiceAreRefused() throws IOException {
        Map<String, byte[]> twice = new LinkedHashMap<>();
        twice.put("kennel/dogs.bson", DOCUMENT);
        twice.put("./kennel/dogs.bson", DOCUMENT);
        assertDamaged(zip(twice)).withMessageContaining("'kennel/dogs.bson'").withMessageContaining("twice");
        assertDamaged(DumpForm.tar(twice, TarArchiveOutputStream.LONGFILE_GNU)).withMessageContaining("twice");
        assertDamaged(zip(Map.of("dogs.bson", DOCUMENT, "dogs.bson.gz", DumpForm.gzip(DOCUMENT))))
                .withMessageContaining("twice");
        assertDamaged(zip(Map.of("a+b.bson", DOCUMENT, "a%20b.bson", DOCUMENT))).withMessageContaining("twice");
    }

    @Test
    void aBombIsRefusedWithItsRatio() throws IOException {
        byte[] large = largeDocument();
        byte[] many = repeated(large, 70 * 1024 * 1024);
        for (byte[] bytes : List.of(
                zip(Map.of("kennel/dogs.bson", many)),
                zip(Map.of("kennel/dogs.bson.gz", DumpForm.gzip(many))),
                DumpForm.gzip(DumpForm.tar(Map.of("dogs.bson", many), TarArchiveOutputStream.LONGFILE_GNU)))) {
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> read(bytes, new ContainerLimits(1000, 20)))
                    .withMessageContaining("expands to more than 20 times its size")
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.DUMP_RATIO));
            assertThat(read(bytes, new ContainerLimits(1000, 1_000_000)).ended())
                    .containsEntry("dogs", (long) (many.length / large.length));
        }
    }

    @Test
    void tooManyFilesAreRefusedBeforeTheyAreListed() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            files.put("kennel/dogs" + i + ".bson", DOCUMENT);
        }
        ContainerLimits limits = new ContainerLimits(10, 200);
        for (byte[] bytes : List.of(zip(files), DumpForm.tar(files, TarArchiveOutputStream.LONGFILE_GNU))) {
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> read(bytes, limits))
                    .withMessageContaining("contains more than 10 files")
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.DUMP_FILES));
        }
        Path dump = DumpForm.folder(files, folder.resolve("many"));
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> Dump.ofFolder(dump, limits).open());
    }

    /** The library does not compare the number of entries. */
    @Test
    void aDirectoryWithMoreEntriesThanItClaimsIsRefused() throws IOException {
        byte[] zip = zip(Map.of("dogs.bson", DOCUMENT, "cats.bson", DOCUMENT));
        int end = indexOf(zip, new byte[] {'P', 'K', 5, 6});
        assertDamaged(changed(zip, bytes -> {
                    bytes[end + 8] = 1;
                    bytes[end + 10] = 1;
                }))
                .withMessageContaining("has 2 entries, but claims 1");
    }

    @Test
    void namesAndAttributesThatNeedMuchMemoryAreRefused() throws IOException {
        byte[] pax = DumpForm.tar(Map.of("ä.bson", DOCUMENT), TarArchiveOutputStream.LONGFILE_POSIX);
        byte[] many = new byte[1024 * 1000 + pax.length];
        for (int at = 0; at < 1024 * 1000; at += 1024) {
            System.arraycopy(pax, 0, many, at, 1024);
        }
        System.arraycopy(pax, 0, many, 1024 * 1000, pax.length);
        assertThatExceptionOfType(DamagedArchiveException.class)
                .isThrownBy(() -> read(many, new ContainerLimits(100_000, 200)))
                .withMessageContaining("names and attributes of a file have more than")
                .withMessageContaining("dump.file");
    }

    @Test
    void wrongSizesAndChecksumsAreRefused() throws IOException {
        byte[] zip = zip(Map.of("dogs.bson", DOCUMENT));
        int header = indexOf(zip, new byte[] {'P', 'K', 1, 2});
        assertDamaged(changed(zip, bytes -> bytes[header + 24]++)).withMessageContaining("claims 15 bytes");
        assertDamaged(changed(zip, bytes -> bytes[header + 24]--)).withMessageContaining("more than the 13 bytes");
        assertDamaged(changed(zip, bytes -> bytes[header + 16]++)).withMessageContaining("checksum");
        assertDamaged(changed(zip, bytes -> bytes[header + 20] += 100)).withMessageContaining("overlaps");
        assertDamaged(changed(zip, bytes -> bytes[header + 42]++)).withMessageContaining("dump.file");
        assertDamaged(changed(zip, bytes -> bytes[header + 46] = 'x'))
                .withMessageContaining("differs from the directory");
    }

    @Test
    void entriesThatShareTheirDataAreRefused() throws IOException {
        byte[] zip = zip(Map.of("dogs.bson", DOCUMENT, "cats.bson", DOCUMENT));
        int first = indexOf(zip, new byte[] {'P', 'K', 1, 2});
        int second = first + 46 + "dogs.bson".length();
        while (zip[second] != 'P' || zip[second + 1] != 'K') {
            second++;
        }
        int at = second;
        assertDamaged(changed(zip, bytes -> System.arraycopy(zip, first + 42, bytes, at + 42, 4)))
                .withMessageContaining("overlaps");
    }

    @Test
    void anEncryptedOrSparseFileIsRefusedByName() throws IOException {
        byte[] zip = zip(Map.of("dogs.bson", DOCUMENT));
        int header = indexOf(zip, new byte[] {'P', 'K', 1, 2});
        byte[] encrypted = changed(zip, bytes -> bytes[header + 8] |= 1);
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> read(encrypted, DumpFormTests.LIMITS))
                .withMessageContaining("'dogs.bson' is encrypted");
        byte[] other = changed(zip, bytes -> bytes[header + 10] = 14);
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> read(other, DumpFormTests.LIMITS))
                .withMessageContaining("'dogs.bson' is compressed with method 14 of zip");
        TarArchiveEntry sparse = new TarArchiveEntry("dogs.bson", (byte) 'S');
        byte[] tar = tar(sparse, DOCUMENT);
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> read(tar, DumpFormTests.LIMITS))
                .withMessageContaining("sparse");
    }

    private static byte[] largeDocument() {
        RawBsonDocument document = RawBsonDocument.parse("{_id: 1, text: '" + "x".repeat(64 * 1024) + "'}");
        byte[] bytes = new byte[document.getByteLength()];
        document.getByteBuffer().get(bytes);
        return bytes;
    }

    private static byte[] repeated(byte[] document, int length) {
        byte[] many = new byte[length / document.length * document.length];
        for (int at = 0; at < many.length; at += document.length) {
            System.arraycopy(document, 0, many, at, document.length);
        }
        return many;
    }

    private static byte[] changed(byte[] bytes, Consumer<byte[]> change) {
        byte[] changed = bytes.clone();
        change.accept(changed);
        return changed;
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.indexOf(new String(part, StandardCharsets.ISO_8859_1));
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        return DumpForm.zip(files, true, Zip64Mode.Never, "");
    }

    private static byte[] zip(ZipArchiveEntry entry, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            zip.putArchiveEntry(entry);
            zip.write(content);
            zip.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private static TarArchiveEntry entry(String path) {
        return new TarArchiveEntry(path, true);
    }

    private static byte[] tar(TarArchiveEntry entry, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private ThrowableAssertAlternative<DamagedArchiveException> assertDamaged(byte[] bytes) {
        return assertThatExceptionOfType(DamagedArchiveException.class)
                .isThrownBy(() -> read(bytes, DumpFormTests.LIMITS));
    }

    private Fixture.Digests read(byte[] bytes, ContainerLimits limits) throws IOException {
        Path file = Files.write(folder.resolve("dump.file"), bytes);
        Fixture.Digests digests = new Fixture.Digests();
        try (DumpReader reader =
                Dump.of(FileSource.of(file), limits).orElseThrow().open()) {
            reader.readAll(digests);
        }
        return digests;
    }
}

package dev.monarch.engine.dump;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.DamagedArchiveException;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.engine.archive.ArchiveReader;
import dev.monarch.engine.archive.ArchiveSelection;
import dev.monarch.engine.archive.ArchiveSource;
import dev.monarch.engine.archive.DumpReader;
import dev.monarch.engine.archive.Fixture;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;
import dev.monarch.transfer.CollectionSelection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/** Dumps as other tools, other versions and people leave them. */
class UnusualDumpTests {

    private static final byte[] DOCUMENT = {14, 0, 0, 0, 0x10, '_', 'i', 'd', 0, 1, 0, 0, 0, 0};

    private static final byte[] APPLE_DOUBLE = {0, 5, 0x16, 7, 0, 2, 0, 0};

    private static final byte[] END_OF_ZIP = {'P', 'K', 5, 6};

    @TempDir
    private Path folder;

    @Test
    void aFileThatIsOnlyNamedLikeAttributesOfMacosIsRead() throws IOException {
        Map<String, byte[]> files =
                new TreeMap<>(Map.of("kennel/._dogs.bson", DOCUMENT, "kennel/._cats.bson", APPLE_DOUBLE));
        files.put("kennel/.AppleDouble/dogs.bson", APPLE_DOUBLE);
        files.put("kennel/@eaDir/dogs.bson", APPLE_DOUBLE);

        for (byte[] bytes :
                List.of(DumpForm.tar(files, TarArchiveOutputStream.LONGFILE_GNU), zip(files), gzippedTar(files))) {
            assertThat(documents(file("dump", bytes))).containsExactly(Map.entry("._dogs", 1L));
        }
    }

    @Test
    void bytesBetweenTheDirectoryOfAZipFileAndItsEndAreSkipped() throws IOException {
        byte[] zip = zip(Map.of("kennel/dogs.bson", DOCUMENT, "kennel/cats.bson", DOCUMENT));
        int end = indexOf(zip, END_OF_ZIP);

        assertThat(documents(file("dump.zip", inserted(zip, end, new byte[100]))))
                .containsOnlyKeys("dogs", "cats");

        byte[] large = DumpForm.zip(Map.of("kennel/dogs.bson", DOCUMENT), true, Zip64Mode.Always, "");
        byte[] changed = inserted(large, indexOf(large, new byte[] {'P', 'K', 6, 6}), new byte[100]);
        assertRefused("dump64.zip", changed, "it has 100 bytes between its directory and its end");
    }

    @Test
    void theCommentOfAZipFileMayContainAnything() throws IOException {
        byte[] zip = zip(Map.of("kennel/dogs.bson", DOCUMENT));
        byte[] comment = new byte[60];
        System.arraycopy(END_OF_ZIP, 0, comment, 10, 4);
        byte[] commented = inserted(zip, zip.length, comment);
        commented[zip.length - 2] = (byte) comment.length;

        assertThat(documents(file("dump.zip", commented))).containsOnlyKeys("dogs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#!/bin/sh\nexec unzip \"$0\"\n", "\177ELF\2\1\1", "MZ\220\0\3\0\0\0\4\0", "PK00"})
    void aZipFileMayFollowAnyProgram(String program) throws IOException {
        byte[] zip = zip(Map.of("kennel/dogs.bson", DOCUMENT));

        assertThat(documents(file("dump", inserted(zip, 0, program.getBytes(StandardCharsets.ISO_8859_1)))))
                .containsOnlyKeys("dogs");
    }

    @Test
    void oneOfSeveralVolumesIsRefused() throws IOException {
        byte[] zip = zip(Map.of("kennel/dogs.bson", DOCUMENT));
        zip[indexOf(zip, END_OF_ZIP) + 4] = 2;
        assertRefused("dump.zip", zip, "it is the last of 3 volumes of a zip file");
        Path first = file("dump.z01", Arrays.copyOf(zip, 40));
        assertThatExceptionOfType(DamagedArchiveException.class)
                .isThrownBy(() -> open(first))
                .withMessageContaining("it is cut off, or one of several volumes");

        TarArchiveEntry continued = new TarArchiveEntry("kennel/dogs.bson", (byte) 'M');
        continued.setSize(DOCUMENT.length);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.putArchiveEntry(continued);
            tar.write(DOCUMENT);
            tar.closeArchiveEntry();
        }
        assertRefused("dump.tar", bytes.toByteArray(), "it is one of several volumes of a tar file");
    }

    @Test
    void aProgramWithoutZip64CountsEntriesModulo65536() {
        assertThat(new ZipDirectory(0, 0, 0, 0, 0, 1, false).claims(65_537)).isTrue();
        assertThat(new ZipDirectory(0, 0, 0, 0, 0, 1, true).claims(65_537)).isFalse();
    }

    @Test
    void theFileOfOneCollectionIsRead() throws IOException {
        DumpForm.folder(
                Map.of(
                        "dogs%2Fall.bson",
                        DOCUMENT,
                        "dogs%2Fall.metadata.json",
                        text("{\"indexes\":[{\"v\":2,\"key\":{\"a\":1},\"name\":\"a_1\"}]}"),
                        "cats.bson.gz",
                        DumpForm.gzip(DOCUMENT),
                        "empty.bson",
                        new byte[0],
                        "stdout.dump",
                        DOCUMENT,
                        "weather.metadata.json.gz",
                        DumpForm.gzip(text("{\"options\":{\"timeseries\":{\"timeField\":\"t\"}},\"indexes\":[]}")),
                        "system.buckets.weather.bson",
                        DOCUMENT),
                folder.resolve("kennel"));

        try (ArchiveSource source = source("kennel/dogs%2Fall.bson")) {
            assertThat(source.catalogue().database()).isEqualTo("kennel");
            CollectionDescription dogs = source.catalogue().collections().get(0);
            assertThat(dogs.name()).isEqualTo("dogs/all");
            assertThat(dogs.indexes()).hasSize(1);
        }
        assertThat(documents(folder.resolve("kennel/cats.bson.gz"))).containsExactly(Map.entry("cats", 1L));
        assertThat(documents(folder.resolve("kennel/stdout.dump"))).containsExactly(Map.entry("stdout", 1L));
        assertThat(documents(folder.resolve("kennel/empty.bson"))).containsExactly(Map.entry("empty", 0L));
        try (ArchiveSource source = source("kennel/system.buckets.weather.bson")) {
            assertThat(source.catalogue().collections())
                    .extracting(CollectionDescription::name, CollectionDescription::type)
                    .containsExactly(tuple("weather", CollectionType.TIME_SERIES));
        }
    }

    @Test
    void theFileOfOneCollectionIsDamagedAtAByte() throws IOException {
        for (byte[] bytes : List.of(new byte[] {1, 2}, Arrays.copyOf(DOCUMENT, 12))) {
            Path file = file("dogs.bson", bytes);
            assertThatExceptionOfType(DamagedArchiveException.class)
                    .isThrownBy(() -> documents(file))
                    .satisfies(e -> assertThat(e.file()).endsWith("/dogs.bson"))
                    .satisfies(e -> assertThat(e.offset()).isEqualTo(bytes.length));
        }
        Path cut = file("dogs.bson.gz", Arrays.copyOf(DumpForm.gzip(DOCUMENT), 15));
        assertThatExceptionOfType(DamagedArchiveException.class)
                .isThrownBy(() -> documents(cut))
                .satisfies(e -> assertThat(e.file()).endsWith("/dogs.bson.gz"));
        Path archive = file("archive.bson", Fixture.bytes("others/two-databases.archive"));
        assertThat(Dump.of(FileSource.of(archive), DumpFormTests.LIMITS))
                .as("an archive that is named like a file of a collection")
                .isEmpty();
    }

    /** The time in the header of a gzip file can look like the type of a field. */
    @Test
    void compressionIsRecognizedWhateverTheTimeInItsHeader() throws IOException {
        byte[] gzip = DumpForm.gzip(DOCUMENT);
        gzip[4] = 3;
        assertThat(documents(DumpForm.folder(Map.of("dogs.bson", gzip), folder.resolve("dump/kennel"))))
                .containsExactly(Map.entry("dogs", 1L));
        assertThat(documents(file("cats", gzip))).containsExactly(Map.entry("cats", 1L));
    }

    @Test
    void whatWasCompressedTwiceIsRead() throws IOException {
        byte[] archive = Fixture.bytes("others/two-databases.archive");
        try (ArchiveReader reader =
                ArchiveReader.open(new ByteArrayInputStream(DumpForm.gzip(DumpForm.gzip(archive))))) {
            assertThat(reader.collections()).isNotEmpty();
        }
        byte[] tar = gzippedTar(Map.of("kennel/dogs.bson", DOCUMENT));
        assertThat(documents(file("dump.tar.gz.gz", DumpForm.gzip(tar)))).containsOnlyKeys("dogs");

        Path zip = file("dump.zip.gz", DumpForm.gzip(zip(Map.of("kennel/dogs.bson", DOCUMENT))));
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> open(zip))
                .withMessageContaining("it is a zip file that was compressed once more")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.FOREIGN_COMPRESSION));
    }

    /** Tapes and block devices fill the last block with zeros. */
    @Test
    void zerosBehindCompressedDataAreIgnored() throws IOException {
        byte[] zeros = new byte[100_000];
        byte[] gzip = DumpForm.gzip(DOCUMENT);
        assertThat(documents(file("dogs.bson.gz", inserted(gzip, gzip.length, zeros))))
                .containsExactly(Map.entry("dogs", 1L));
        byte[] tar = gzippedTar(Map.of("kennel/dogs.bson", DOCUMENT));
        assertThat(documents(file("dump.tar.gz", inserted(tar, tar.length, zeros))))
                .containsExactly(Map.entry("dogs", 1L));

        zeros[zeros.length - 1] = 1;
        Path other = file("cats.bson.gz", inserted(gzip, gzip.length, zeros));
        assertThatExceptionOfType(DamagedArchiveException.class)
                .isThrownBy(() -> documents(other))
                .withMessageContaining("a gzip member was expected here")
                .satisfies(e -> assertThat(e.file()).endsWith("/cats.bson.gz"))
                .satisfies(e -> assertThat(e.offset()).isEqualTo(DOCUMENT.length));
    }

    @Test
    void membersOfGzipMayBeEmptyAndEndAnywhere() throws IOException {
        byte[] tar = DumpForm.tar(Map.of("./kennel/dogs.bson", DOCUMENT), TarArchiveOutputStream.LONGFILE_GNU);
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.writeBytes(DumpForm.gzip(new byte[0]));
        members.writeBytes(DumpForm.gzip(Arrays.copyOf(tar, 700)));
        members.writeBytes(DumpForm.gzip(Arrays.copyOfRange(tar, 700, 1536)));
        members.writeBytes(DumpForm.gzip(new byte[0]));

        assertThat(documents(file("dump.tar.gz", members.toByteArray()))).containsExactly(Map.entry("dogs", 1L));
    }

    @Test
    void aShortenedNameIsNotTheNameOfACollection() throws IOException {
        String stem = "x".repeat(208) + "%24Av1oJTBx-JVxjI1B9_9mWr4aYpA";
        Path dump = DumpForm.folder(Map.of(stem + ".bson", DOCUMENT), folder.resolve("dump/kennel"));
        assertThatExceptionOfType(DamagedArchiveException.class)
                .isThrownBy(() -> open(dump))
                .withMessageContaining("its name is shortened, and the dump has no file with its metadata")
                .satisfies(e -> assertThat(e.file()).isEqualTo(stem + ".bson"));

        DumpForm.folder(Map.of(stem + ".metadata.json", text("{\"indexes\":[]}")), dump);
        assertThatExceptionOfType(DamagedArchiveException.class)
                .isThrownBy(() -> open(dump))
                .withMessageContaining("it does not contain the name of the collection")
                .satisfies(e -> assertThat(e.file()).isEqualTo(stem + ".metadata.json"));
    }

    @Test
    void archivesThatFollowEachOtherAreRefused() throws IOException {
        byte[] archive = Fixture.bytes("others/view-with-regex.archive");
        try (ArchiveReader reader =
                ArchiveReader.open(new ByteArrayInputStream(inserted(archive, archive.length, archive)))) {
            assertThatExceptionOfType(DamagedArchiveException.class)
                    .isThrownBy(() -> reader.readAll(new Fixture.Digests()))
                    .withMessageContaining("another archive begins here");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dogs.bson.xz", "dogs.metadata.json.bz2", "dogs.bson.gpg", "DOGS.BSON.LZ4"})
    void aFileThatCannotBeDecompressedIsNotLeftOut(String name) throws IOException {
        Path dump = DumpForm.folder(Map.of("cats.bson", DOCUMENT, name, DOCUMENT), folder.resolve("dump/kennel"));
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> open(dump))
                .withMessageContaining("'" + name + "' is compressed or encrypted")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.FOREIGN_COMPRESSION));
    }

    @Test
    void oldFormsOfFilesAndMetadataAreRead() throws IOException {
        DumpForm.folder(
                Map.of(
                        "mice.bin",
                        DOCUMENT,
                        "photo.bin",
                        new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 0, 0, 0, 0, 0, 0},
                        "a+b.bson",
                        DOCUMENT,
                        "a+b.metadata.json",
                        text(
                                "{indexes: [{\"v\": 1, \"key\": {\"_id\": 1}, \"ns\": \"kennel.a+b\", \"name\": \"_id_\"}]}"),
                        "c+d.bson",
                        DOCUMENT,
                        "c+d.metadata.json",
                        text(
                                "{indexes: [{\"v\": 1, \"key\": {\"_id\": 1}, \"ns\": \"kennel.c d\", \"name\": \"_id_\"}]}"),
                        "ttl.bson",
                        DOCUMENT,
                        "ttl.metadata.json",
                        text("{\"indexes\": [{\"v\": 1, \"key\": {\"at\": 1}, \"name\": \"at_1\","
                                + " \"expireAfterSeconds\": NaN, \"a\": Infinity, \"b\": -Infinity}]}")),
                folder.resolve("kennel"));

        try (ArchiveSource source = source("kennel")) {
            assertThat(source.catalogue().collections())
                    .extracting(CollectionDescription::name)
                    .containsExactlyInAnyOrder("mice", "a+b", "c d", "ttl");
            assertThat(source.catalogue()
                            .collection("ttl")
                            .orElseThrow()
                            .indexes()
                            .get(0)
                            .getDouble("expireAfterSeconds")
                            .getValue())
                    .isNaN();
            assertThat(source.catalogue().omissions()).extracting("what").containsExactly("The file 'photo.bin'");
        }
    }

    @Test
    void aDirectoryHasItsOwnNameHoweverItIsGiven() throws IOException {
        DumpForm.folder(Map.of("dogs.bson", DOCUMENT, "a:b.bson", DOCUMENT), folder.resolve("kennel"));
        Path link = Files.createSymbolicLink(folder.resolve("latest"), folder.resolve("kennel"));

        for (Path path : List.of(folder.resolve("kennel/."), folder.resolve("kennel/../kennel"))) {
            try (DumpReader reader = open(path)) {
                assertThat(reader.collections())
                        .extracting(collection -> collection.namespace().toString())
                        .containsExactlyInAnyOrder("kennel.dogs", "kennel.a:b");
            }
        }
        assertThat(documents(link)).containsOnlyKeys("dogs", "a:b");
    }

    @Test
    void theDataFilesOfAServerAreNotADump() throws IOException {
        Path data = DumpForm.folder(
                Map.of("WiredTiger", DOCUMENT, "collection-0-1.wt", DOCUMENT, "journal/WiredTigerLog.1", DOCUMENT),
                folder.resolve("data/db"));
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> open(data))
                .withMessageContaining("with the data files of a server, not a dump")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NO_DUMP));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        return DumpForm.zip(files, true, Zip64Mode.Never, "");
    }

    private static byte[] gzippedTar(Map<String, byte[]> files) throws IOException {
        return DumpForm.gzip(DumpForm.tar(files, TarArchiveOutputStream.LONGFILE_POSIX));
    }

    private static byte[] inserted(byte[] bytes, int at, byte[] inserted) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(bytes, 0, at);
        all.writeBytes(inserted);
        all.write(bytes, at, bytes.length - at);
        return all.toByteArray();
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.lastIndexOf(new String(part, StandardCharsets.ISO_8859_1));
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private void assertRefused(String name, byte[] bytes, String problem) throws IOException {
        Path file = file(name, bytes);
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> open(file))
                .withMessageContaining(problem)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.FOREIGN_FORMAT));
    }

    private ArchiveSource source(String path) throws IOException {
        return ArchiveSource.open(open(folder.resolve(path)), ArchiveSelection.of(CollectionSelection.ALL));
    }

    private static Map<String, Long> documents(Path path) throws IOException {
        try (DumpReader reader = open(path)) {
            Fixture.Digests digests = new Fixture.Digests();
            reader.readAll(digests);
            return digests.ended();
        }
    }

    private static DumpReader open(Path path) throws IOException {
        Dump dump = Files.isDirectory(path)
                ? Dump.ofFolder(path, DumpFormTests.LIMITS)
                : Dump.of(FileSource.of(path), DumpFormTests.LIMITS).orElseThrow();
        return dump.open();
    }
}

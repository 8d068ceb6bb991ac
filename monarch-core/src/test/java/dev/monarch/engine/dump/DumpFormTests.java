package dev.monarch.engine.dump;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.engine.archive.ArchiveSelection;
import dev.monarch.engine.archive.ArchiveSource;
import dev.monarch.engine.archive.DumpReader;
import dev.monarch.engine.archive.Fixture;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Omission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Every form of a dump contains the same data. */
class DumpFormTests {

    static final ContainerLimits LIMITS = new ContainerLimits(1000, 200);

    private static final byte[] DOCUMENT = {14, 0, 0, 0, 0x10, '_', 'i', 'd', 0, 1, 0, 0, 0, 0};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void everyFormHasTheDocumentsOfTheOriginalServer(DumpForm form) throws IOException {
        String version = form.ordinal() % 3 == 0 ? "mongodb-5.0" : "mongodb-4.4";
        Path path = form.write(DumpForm.fixture(version), folder);
        try (DumpReader reader = open(path).open()) {
            assertThat(reader.collections())
                    .allMatch(each -> each.namespace().database().equals("kennel_fixture"));
            Fixture.Digests digests = new Fixture.Digests();
            reader.readAll(digests);

            Map<String, Fixture.Content> expected = new TreeMap<>(Fixture.expected(version));
            if (version.equals("mongodb-4.4")) {
                expected.remove("big");
            }
            assertThat(digests.contents()).containsAllEntriesOf(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.monarch.engine.archive.Fixture#dumps")
    void everyFileHasTheDocumentsOfTheOriginalServer(String file) throws IOException {
        Path dump = Files.write(folder.resolve(file.substring(file.indexOf('/') + 1)), Fixture.bytes(file));
        Fixture.Digests digests = new Fixture.Digests();
        try (DumpReader reader = open(dump).open()) {
            assertThat(reader.collections())
                    .allMatch(each -> each.namespace().database().equals("kennel_fixture"));
            reader.readAll(digests);
        }
        assertThat(digests.contents()).containsAllEntriesOf(Fixture.expectedIn(file));
    }

    @Test
    void theFormOfMongodump24IsRead() throws IOException {
        Map<String, byte[]> files = Map.of(
                "dogs.bson", DOCUMENT,
                "dogs.metadata.json",
                        text(
                                "\uFEFF{options : { \"create\" : \"dogs\", \"capped\" : true, \"size\" : 4096 },\r\n indexes:["
                                        + "{ \"v\" : 0, \"key\" : { \"_id\" : 1 }, \"ns\" : \"kennel.dogs\", \"name\" : \"_id_\" }, "
                                        + "{ \"v\" : 1, \"key\" : { \"a\" : true }, \"ns\" : \"kennel.dogs\", \"name\" : \"a_\","
                                        + " \"dropDups\" : true, \"background\" : 1, \"safe\" : null }]}\r\n"),
                "system.indexes.bson", DOCUMENT,
                "old.bson", DOCUMENT);
        try (ArchiveSource source = source(files)) {
            assertThat(source.catalogue().database()).isEqualTo("kennel");
            assertThat(source.catalogue().collections())
                    .extracting(CollectionDescription::name)
                    .containsExactlyInAnyOrder("dogs", "old");
            CollectionDescription dogs = source.catalogue().collection("dogs").orElseThrow();
            assertThat(dogs.isOrdered()).isTrue();
            assertThat(dogs.indexes()).hasSize(2);
            assertThat(dogs.indexes().get(1))
                    .containsEntry("dropDups", BsonDocument.parse("{a: true}").get("a"));
            assertThat(source.catalogue().omissions())
                    .extracting("what")
                    .containsExactly("Collection 'system.indexes'");
        }
    }

    @Test
    void indexesWithoutMetadataAreInSystemIndexes() throws IOException {
        RawBsonDocument index =
                RawBsonDocument.parse("{v: 0, key: {a: 1}, ns: 'kennel.dogs', name: 'a_1', unique: true}");
        byte[] indexes = new byte[index.getByteBuffer().remaining()];
        index.getByteBuffer().get(indexes);
        try (ArchiveSource source = source(Map.of("dogs.bson", DOCUMENT, "system.indexes.bson", indexes))) {
            assertThat(source.catalogue().collection("dogs").orElseThrow().indexes())
                    .extracting(each -> each.getString("name").getValue())
                    .containsExactly("a_1");
        }
    }

    @Test
    void theNameOfACollectionWithAShortenedFileNameIsInItsMetadata() throws IOException {
        String stem = "x".repeat(208) + "%24Av1oJTBx-JVxjI1B9_9mWr4aYpA";
        String name = "x".repeat(300);
        try (ArchiveSource source = source(Map.of(
                stem + ".bson",
                DOCUMENT,
                stem + ".metadata.json",
                text("{\"indexes\":[],\"collectionName\":\"" + name + "\",\"type\":\"collection\"}")))) {
            assertThat(source.catalogue().collections())
                    .extracting(CollectionDescription::name)
                    .containsExactly(name);
        }
    }

    @Test
    void aTimeSeriesIsPutTogetherFromItsBuckets() throws IOException {
        try (ArchiveSource source = source(Map.of(
                "weather.metadata.json",
                text("{\"options\":{\"timeseries\":{\"timeField\":\"t\"}},\"indexes\":[]}"),
                "system.buckets.weather.bson",
                DOCUMENT))) {
            assertThat(source.catalogue().collections())
                    .extracting(CollectionDescription::type)
                    .containsExactly(CollectionType.TIME_SERIES);
        }
    }

    @Test
    void aTimeSeriesInTwoFilesIsRefused() {
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> source(Map.of(
                        "weather.metadata.json",
                        text("{\"options\":{\"timeseries\":{\"timeField\":\"t\"}},\"indexes\":[]}"),
                        "weather.bson",
                        DOCUMENT,
                        "system.buckets.weather.metadata.json",
                        text("{\"options\":{},\"indexes\":[]}"),
                        "system.buckets.weather.bson",
                        DOCUMENT)))
                .withMessageContaining(
                        "'weather.bson' and 'system.buckets.weather.bson' both have the documents of the time series"
                                + " 'weather'")
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.TIME_SERIES_IN_TWO_FILES));
    }

    @Test
    void aCollectionWithoutAFileOfDocumentsIsEmptyAndNamed() throws IOException {
        try (ArchiveSource source = source(Map.of(
                "dogs.bson",
                DOCUMENT,
                "cats.metadata.json",
                text("{\"options\":{},\"indexes\":[]}"),
                "names.metadata.json",
                text("{\"options\":{\"viewOn\":\"dogs\",\"pipeline\":[]},\"indexes\":[],\"type\":\"view\"}")))) {
            assertThat(source.catalogue().collections())
                    .extracting(CollectionDescription::name)
                    .containsExactlyInAnyOrder("cats", "dogs", "names");
            assertThat(source.catalogue().omissions())
                    .extracting(Omission::toString)
                    .containsExactly("The content of 'dump.cats' is left out: the dump has no file with its"
                            + " documents, so the collection is created empty.");
        }
    }

    @Test
    void oneDatabaseOfSeveralIsChosenByItsNameOrPath() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("dump/oplog.bson", DumpForm.gzip(DOCUMENT));
        files.put("dump/prelude.json", text("{\"ServerVersion\":\"8.0.4\",\"ToolVersion\":\"100.12.0\"}"));
        files.put("dump/admin/system.users.bson", DOCUMENT);
        files.put("dump/config/settings.bson", DOCUMENT);
        files.put("dump/shop/$admin.system.users.bson", DOCUMENT);
        files.put("dump/shop/a.b+c%2Fd.bson", DOCUMENT);
        files.put("dump/kennel/oplog.bson", DOCUMENT);
        files.put("dump/kennel/oplog.metadata.json", text("{}"));
        Path zip = Files.write(folder.resolve("a.zip"), DumpForm.zip(files, true, Zip64Mode.Never, ""));

        try (ArchiveSource source = ArchiveSource.openAll(open(zip).open())) {
            assertThat(source.databases()).containsExactly("kennel", "shop");
            assertThat(source.header().serverVersion()).isEqualTo("8.0.4");
            assertThat(source.omittedDatabases())
                    .extracting("what")
                    .containsExactly("The oplog", "Database 'admin'", "Database 'config'");
        }
        try (ArchiveSource source = ArchiveSource.open(open(zip).open(), choosing("shop"))) {
            assertThat(source.catalogue().collections())
                    .extracting(CollectionDescription::name)
                    .containsExactly("a.b c/d");
        }
        files.put("older/kennel/dogs.bson", DOCUMENT);
        Files.write(zip, DumpForm.zip(files, true, Zip64Mode.Never, ""));
        try (ArchiveSource source = ArchiveSource.openAll(open(zip).open())) {
            assertThat(source.databases()).containsExactly("dump/kennel", "shop", "older/kennel");
        }
    }

    /** HFS+ and some programs for zip files decompose characters in the names of files. */
    @Test
    void aNameThatAFileSystemHasDecomposedIsThatOfTheIndexes() throws IOException {
        byte[] metadata = text(
                "{\"indexes\":[{\"v\":1,\"key\":{\"_id\":1},\"ns\":\"zwinger_f\u00fcr.h\u00fcndchen\",\"name\":\"_id_\"}]}");
        try (ArchiveSource source = source(Map.of(
                "zwinger_fu\u0308r/hu\u0308ndchen.bson",
                DOCUMENT,
                "zwinger_fu\u0308r/hu\u0308ndchen.metadata.json",
                metadata,
                "zwinger_fu\u0308r/ka\u0308tzchen.bson",
                DOCUMENT,
                "zwinger_fu\u0308r/ma%CC%88uschen.bson",
                DOCUMENT))) {
            assertThat(source.catalogue().database()).isEqualTo("zwinger_f\u00fcr");
            assertThat(source.catalogue().collections())
                    .extracting(CollectionDescription::name)
                    .containsExactlyInAnyOrder("h\u00fcndchen", "ka\u0308tzchen", "ma\u0308uschen");
        }
    }

    @Test
    void aDatabaseIsChosenInAnyUnicodeFormIfThatIsUnambiguous() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("zwinger_fu\u0308r/dogs.bson", DOCUMENT);
        files.put("shop/cats.bson", DOCUMENT);
        assertThat(chosen(files, "zwinger_f\u00fcr")).isEqualTo("zwinger_fu\u0308r");

        files.put("zwinger_f\u00fcr/dogs.bson", DOCUMENT);
        assertThat(chosen(files, "zwinger_f\u00fcr")).isEqualTo("zwinger_f\u00fcr");
        assertThat(chosen(files, "zwinger_fu\u0308r")).isEqualTo("zwinger_fu\u0308r");

        files.put("o\u0323\u0308l/dogs.bson", DOCUMENT);
        files.put("\u1ecd\u0308l/dogs.bson", DOCUMENT);
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> chosen(files, "o\u0308\u0323l"))
                .withMessageContaining(", of which 2 look like it");
    }

    private String chosen(Map<String, byte[]> files, String database) throws IOException {
        Path zip = Files.write(folder.resolve("several.zip"), DumpForm.zip(files, true, Zip64Mode.Never, ""));
        try (ArchiveSource source = ArchiveSource.open(open(zip).open(), choosing(database))) {
            return source.catalogue().database();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"photo.jpg", "dump/kennel/dogs.json", "old/dump.tar.gz"})
    void aFileWithoutADumpIsRefusedWithTheNamesOfItsFiles(String name) throws IOException {
        Path zip =
                Files.write(folder.resolve("a.zip"), DumpForm.zip(Map.of(name, DOCUMENT), true, Zip64Mode.Never, ""));

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> open(zip).open())
                .withMessageContaining("it contains no .bson and no .metadata.json file, only '" + name + "'")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NO_DUMP));
    }

    @Test
    void otherFilesBesideADumpAreNamed() throws IOException {
        try (ArchiveSource source = source(Map.of("dogs.bson", DOCUMENT, "README.txt", DOCUMENT))) {
            assertThat(source.catalogue().omissions())
                    .extracting(Object::toString)
                    .containsExactly("The file 'README.txt' is left out: it does not belong to a dump.");
        }
    }

    @Test
    void aDocumentWhoseLengthLooksLikeGzipIsRead() throws IOException {
        byte[] bytes = new byte[0x8B1F];
        bytes[0] = 0x1F;
        bytes[1] = (byte) 0x8B;
        bytes[4] = 5;
        bytes[5] = 'b';
        int length = bytes.length - 13;
        for (int i = 0; i < 4; i++) {
            bytes[7 + i] = (byte) (length >> 8 * i);
        }
        Path dump = DumpForm.folder(Map.of("dogs.bson", bytes), folder.resolve("kennel"));
        try (DumpReader reader = open(dump).open()) {
            Fixture.Digests digests = new Fixture.Digests();
            reader.readAll(digests);
            assertThat(digests.ended()).containsEntry("dogs", 1L);
        }
    }

    @Test
    void tarFilesThatFollowEachOtherAreRead() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        for (String name : new String[] {"kennel/dogs.bson", "kennel/cats.bson"}) {
            both.writeBytes(DumpForm.tar(Map.of(name, DOCUMENT), TarArchiveOutputStream.LONGFILE_GNU));
        }
        Path tar = Files.write(folder.resolve("both.tar"), both.toByteArray());
        try (ArchiveSource source =
                ArchiveSource.open(open(tar).open(), ArchiveSelection.of(CollectionSelection.ALL))) {
            assertThat(source.catalogue().collections())
                    .extracting(CollectionDescription::name)
                    .containsExactlyInAnyOrder("dogs", "cats");
        }
    }

    /** {@code tar --listed-incremental} writes the names of a directory's files behind its header. */
    @Test
    void anIncrementalTarFileIsRead() throws IOException {
        byte[] bytes = DumpForm.tar(Map.of("kennel/list", DOCUMENT), TarArchiveOutputStream.LONGFILE_GNU);
        // The header of a directory with a list of its files, with its checksum.
        bytes[11] = 0;
        System.arraycopy(text("kennel/\0\0\0\0"), 0, bytes, 0, 11);
        bytes[156] = 'D';
        long sum = 8 * ' ';
        for (int at = 0; at < 512; at++) {
            sum += at < 148 || at > 155 ? bytes[at] & 0xFF : 0;
        }
        System.arraycopy(text(String.format("%06o", sum)), 0, bytes, 148, 6);
        byte[] file = DumpForm.tar(Map.of("kennel/dogs.bson", DOCUMENT), TarArchiveOutputStream.LONGFILE_GNU);
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(bytes, 0, 1024);
        both.writeBytes(file);
        Path tar = Files.write(folder.resolve("a.tar"), both.toByteArray());
        try (DumpReader reader = open(tar).open()) {
            Fixture.Digests digests = new Fixture.Digests();
            reader.readAll(digests);
            assertThat(digests.ended()).containsExactly(Map.entry("dogs", 1L));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"IBM437", "UTF-8"})
    void namesWithoutAFlagAreReadInTheirEncoding(String encoding) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            zip.setEncoding(encoding);
            zip.setUseLanguageEncodingFlag(false);
            zip.putArchiveEntry(new ZipArchiveEntry("zwinger_für_hunde/dogs.bson"));
            zip.write(DOCUMENT);
            zip.closeArchiveEntry();
        }
        Path zip = Files.write(folder.resolve("a.zip"), bytes.toByteArray());
        try (ArchiveSource source = ArchiveSource.openAll(open(zip).open())) {
            assertThat(source.databases()).containsExactly("zwinger_für_hunde");
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private ArchiveSource source(Map<String, byte[]> files) throws IOException {
        Path zip = Files.write(folder.resolve("dump.zip"), DumpForm.zip(files, true, Zip64Mode.Never, ""));
        return ArchiveSource.open(open(zip).open(), ArchiveSelection.of(CollectionSelection.ALL));
    }

    private static ArchiveSelection choosing(String database) {
        return new ArchiveSelection(database, CollectionSelection.ALL, Map.of(), false);
    }

    private static Dump open(Path path) throws IOException {
        return Files.isDirectory(path)
                ? Dump.ofFolder(path, LIMITS)
                : Dump.of(FileSource.of(path), LIMITS).orElseThrow();
    }
}

package dev.monarch.backup;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.BackupStoreException;
import dev.monarch.OperationRefusedException;
import dev.monarch.UnknownBackupException;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.backup.BackupStore.ForeignArchive;
import dev.monarch.engine.dump.DumpForm;
import dev.monarch.environment.Approval;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.transfer.TransferProgress.TransferListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Dumps of other tools in a store are listed, shown, verified, copied and restored by their names. */
@MongoTest
class ForeignStoreTests {

    private static final byte[] DOCUMENT = {14, 0, 0, 0, 0x10, '_', 'i', 'd', 0, 1, 0, 0, 0, 0};

    @TempDir
    private Path folder;

    @Test
    void dumpsNextToTheBackupsAreListedAndRestored(TestMongo mongo) throws IOException {
        Kennel kennel = kennel(mongo);
        Files.createDirectories(folder.resolve("kept"));
        mongo.database().getCollection("cats").insertOne(new Document("_id", 1));
        Manifest backup = kennel.backUp("kennel");
        write("kept/dump.zip", zip());
        write("kept/dump.tgz", DumpForm.gzip(DumpForm.tar(dump(), TarArchiveOutputStream.LONGFILE_GNU)));
        DumpForm.folder(dump(), folder.resolve("kept/folder"));
        write("kept/notes.txt", DOCUMENT);
        BackupService backups = kennel.backups();

        assertThat(backups.list()).extracting(BackupSummary::name).containsExactly(backup.name());
        assertThat(backups.foreignArchives(null))
                .extracting(ForeignArchive::name)
                .containsExactly("dump.tgz", "dump.zip", "folder");
        for (String name : List.of("dump.zip", "dump.tgz", "folder")) {
            BackupSource source = BackupSource.stored(name);
            assertThat(backups.contents(source).databases().keySet()).containsExactly("shop");
            // A tar file has no directory, so it is not read only for a list.
            assertThat(backups.quickContents(source).isPresent()).isEqualTo(!name.equals("dump.tgz"));
            assertThat(backups.verify(source, TransferListener.NONE).ok()).isTrue();
            mongo.database().getCollection("dogs").drop();
            kennel.restores().restore(RestoreRequest.of(source, "kennel"), Approval.naming("kennel"));
            assertThat(mongo.database().getCollection("dogs").find()).containsExactly(new Document("_id", 1));
        }
        assertThatExceptionOfType(UnknownBackupException.class)
                .isThrownBy(() -> backups.contents(BackupSource.stored("../kept/dump.zip")));
    }

    /** Such as the objects of a bucket, to which a directory was uploaded file by file. */
    @Test
    void aDirectoryOfAStoreWithoutFilesIsADump(TestMongo mongo) throws IOException {
        Path kept = Files.createDirectories(folder.resolve("kept"));
        byte[] metadata =
                "{\"indexes\":[{\"v\":2,\"key\":{\"a\":1},\"name\":\"a_1\"}]}".getBytes(StandardCharsets.UTF_8);
        DumpForm.folder(
                Map.of(
                        "shop/dogs.bson",
                        DOCUMENT,
                        "shop/dogs.metadata.json.gz",
                        DumpForm.gzip(metadata),
                        "shop/cats.bson.gz",
                        DumpForm.gzip(DOCUMENT),
                        "oplog.bson",
                        DOCUMENT),
                kept.resolve("uploaded"));
        Files.write(kept.resolve("mice.bson"), DOCUMENT);
        Files.write(kept.resolve("mice.metadata.json"), metadata);
        FilesOfAStore store = new FilesOfAStore(kept);
        Kennel kennel = Kennel.in(store, KennelDatabase.environment("kennel", mongo.client(), mongo.databaseName()));
        BackupService backups = kennel.backups();
        BackupSource source = BackupSource.stored("uploaded");

        assertThat(backups.foreignArchives(null))
                .extracting(ForeignArchive::name, ForeignArchive::directory)
                .containsExactly(tuple("mice.bson", false), tuple("uploaded", true));
        assertThat(backups.quickContents(source).orElseThrow().databases().get("shop"))
                .extracting(collection ->
                        collection.name() + " " + collection.indexes().size())
                .containsExactly("cats 0", "dogs 1");
        assertThat(backups.verify(source, TransferListener.NONE).ok()).isTrue();
        kennel.restores().restore(RestoreRequest.of(source, "kennel"), Approval.naming("kennel"));
        assertThat(mongo.database().getCollection("dogs").find()).containsExactly(new Document("_id", 1));
        assertThat(mongo.database().getCollection("dogs").listIndexes()).hasSize(2);
        kennel.restores()
                .restore(RestoreRequest.of(BackupSource.stored("mice.bson"), "kennel"), Approval.naming("kennel"));
        assertThat(mongo.database().getCollection("mice").listIndexes()).hasSize(2);
        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(1);
        Manifest copy = backups.copy(source, null, store.name());
        assertThat(copy.source().database()).isEqualTo("shop");
        assertThat(backups.verify(copy.name()).ok()).isTrue();
        assertThat(store.open).as("open files").isZero();

        Files.write(kept.resolve("uploaded/shop/cats.bson.gz"), new byte[] {0x1F, (byte) 0x8B, 8, 0});
        assertThat(backups.verify(source, TransferListener.NONE).findings())
                .singleElement()
                .asString()
                .contains("shop/cats.bson.gz");
        assertThat(store.open).as("open files").isZero();
    }

    /** Hides that the files are in the file system, and counts those that are open. */
    private static final class FilesOfAStore extends DelegatingStore {

        private final LocalBackupStore local;

        private int open;

        FilesOfAStore(Path kept) {
            this(new LocalBackupStore(kept));
        }

        private FilesOfAStore(LocalBackupStore local) {
            super(local);
            this.local = local;
        }

        @Override
        public List<ForeignArchive> foreignArchives() {
            return local.foreignArchives();
        }

        @Override
        public Optional<ForeignArchive> foreignArchive(String name) {
            return local.foreignArchive(name);
        }

        @Override
        public Stream<ForeignArchive> foreignFiles(String directory) {
            open++;
            return local.foreignFiles(directory).onClose(() -> open--);
        }

        @Override
        public InputStream openForeign(String name, Span span) {
            open++;
            return new FilterInputStream(local.openForeign(name, span)) {

                private boolean closed;

                @Override
                public void close() throws IOException {
                    open -= closed ? 0 : 1;
                    closed = true;
                    super.close();
                }
            };
        }
    }

    @Test
    void aPipeIsRefused() {
        Path pipe = Path.of("/dev/null");
        assumeThat(pipe).exists();
        assertThatExceptionOfType(BackupStoreException.class)
                .isThrownBy(() ->
                        Kennel.of(folder.resolve("kept")).backups().contents(BackupSource.of(pipe.toString(), null)))
                .withMessageContaining("'null' is neither a file nor a directory");
    }

    @Test
    void aCopyOfADumpIsABackup(TestMongo mongo) throws IOException {
        Kennel kennel = kennel(mongo);
        mongo.database().getCollection("cats").insertOne(new Document("_id", "of the target"));
        Path zip = write("shop__2014_06_18.dmp.zip", zip());

        Manifest copy = kennel.backups().copy(BackupSource.file(zip), null, "local");

        assertThat(copy.name()).startsWith("shop__2014_06_18__");
        assertThat(copy.source().database()).isEqualTo("shop");
        assertThat(copy.source().environment()).isEqualTo("foreign");
        assertThat(copy.documents()).isEqualTo(1);
        assertThat(kennel.backups().list()).extracting(BackupSummary::name).containsExactly(copy.name());
        assertThat(kennel.backups().verify(copy.name()).ok()).isTrue();
        kennel.restores().restore(Kennel.request(copy, "kennel"), Approval.naming("kennel"));
        assertThat(mongo.database().getCollection("dogs").find()).containsExactly(new Document("_id", 1));
        assertThat(mongo.database().getCollection("cats").countDocuments()).isEqualTo(1);
    }

    @Test
    void aDamagedDumpIsNotCopied(TestMongo mongo) throws IOException {
        byte[] zip = zip();
        zip[40] ^= 1;
        Path damaged = write("dump.zip", zip);

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> kennel(mongo).backups().copy(BackupSource.file(damaged), null, "local"));
        assertThat(kennel(mongo).backups().list()).isEmpty();
    }

    @Test
    void aRefusalNamesTheFile(TestMongo mongo) throws IOException {
        Kennel kennel = kennel(mongo);
        byte[] zip = zip();
        int header = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
        zip[header + 8] |= 1;
        Path encrypted = write("encrypted.zip", zip);
        Path other = write("other.zip", DumpForm.zip(Map.of("notes.txt", DOCUMENT), true, Zip64Mode.Never, ""));

        assertRefused(encrypted, source -> kennel.backups().verify(source, TransferListener.NONE), "is encrypted");
        assertRefused(encrypted, source -> kennel.backups().copy(source, null, "local"), "is encrypted");
        assertRefused(
                encrypted,
                source -> kennel.restores().restore(RestoreRequest.of(source, "kennel"), Approval.naming("kennel")),
                "is encrypted");
        assertRefused(other, kennel.backups()::contents, "only 'notes.txt'");
        assertThat(kennel.backups().list()).isEmpty();
    }

    private static void assertRefused(Path file, Consumer<BackupSource> operation, String problem) {
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> operation.accept(BackupSource.file(file)))
                .withMessageStartingWith("Refused to read '" + file + "': ")
                .withMessageContaining(problem);
    }

    @Test
    void anObjectIsReadInRangesThatGrow() throws IOException {
        byte[] bytes = new byte[9 * 1024 * 1024];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 >> 3);
        }
        Objects store = new Objects(bytes, new LocalBackupStore(folder));
        ForeignObject object =
                new ForeignObject(store, new ForeignArchive("dump.zip", "objects", bytes.length, Instant.EPOCH));

        assertThat(object.open(0, bytes.length).readAllBytes()).isEqualTo(bytes);
        assertThat(store.opened).isLessThan(5);
        int before = store.opened;
        // The beginning was read before; what follows closely is skipped.
        assertThat(object.open(10, 5).readAllBytes()).containsExactly(Arrays.copyOfRange(bytes, 10, 15));
        assertThat(object.open(500_000, 5).readAllBytes()).containsExactly(Arrays.copyOfRange(bytes, 500_000, 500_005));
        assertThat(store.opened).isEqualTo(before + 1);
        assertThat(object.open(bytes.length, 5).readAllBytes()).isEmpty();
        object.close();
        assertThat(store.open).isZero();
    }

    /** A store whose objects can only be read in ranges. */
    private static final class Objects extends DelegatingStore {

        private final byte[] bytes;

        private int opened;

        private int open;

        Objects(byte[] bytes, BackupStore store) {
            super(store);
            this.bytes = bytes;
        }

        @Override
        public Optional<ForeignArchive> foreignArchive(String name) {
            return Optional.empty();
        }

        @Override
        public InputStream openForeign(String name, Span span) {
            opened++;
            open++;
            return new ByteArrayInputStream(bytes, (int) span.offset(), (int) span.length()) {
                @Override
                public void close() {
                    open--;
                }
            };
        }
    }

    private static Map<String, byte[]> dump() {
        return Map.of("dump/shop/dogs.bson", DOCUMENT);
    }

    private static byte[] zip() throws IOException {
        return DumpForm.zip(dump(), true, Zip64Mode.Never, "");
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private Kennel kennel(TestMongo mongo) {
        return Kennel.of(
                folder.resolve("kept"), KennelDatabase.environment("kennel", mongo.client(), mongo.databaseName()));
    }
}

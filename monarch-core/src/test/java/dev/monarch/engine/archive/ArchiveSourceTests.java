package dev.monarch.engine.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;

import dev.monarch.DamagedArchiveException;
import dev.monarch.OperationRefusedException;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.CollectionSink;
import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.engine.transfer.Namespace;
import dev.monarch.engine.transfer.TransferSink;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Omission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Messages about archives that cannot be read, or only up to some document. */
class ArchiveSourceTests {

    private static byte[] ofAServer() {
        return new HostileArchive.Bytes()
                .beginning()
                .description("kennel", "dogs", "{}")
                .description("kennel", "system.profile", "no JSON")
                .description("kennel", "$admin.system.users", "{}")
                .description("admin", "system.users", "{}")
                .description("config", "collections", "{}")
                .description("shelter", "cats", "{}")
                .description("", "oplog", "")
                .terminator()
                .toByteArray();
    }

    @Test
    void anArchiveOfSeveralDatabasesIsRefusedButNotReportedAsDamaged() {
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> ArchiveSource.open(new ByteArrayInputStream(ofAServer()), CollectionSelection.ALL))
                .withMessage(
                        "Refused to read 'the archive': it contains several databases (kennel, shelter), and an environment is"
                                + " one database. Nothing has been changed.");
    }

    @Test
    void oneOfSeveralDatabasesCanBeChosenAndTheOthersAreReported() throws IOException {
        try (ArchiveSource source = ArchiveSource.open(new ByteArrayInputStream(ofAServer()), choosing("kennel"))) {
            assertThat(source.catalogue().database()).isEqualTo("kennel");
            assertThat(source.catalogue().collections())
                    .extracting(CollectionDescription::name)
                    .containsExactly("dogs");
            assertThat(source.catalogue().omissions())
                    .extracting(Omission::toString)
                    .containsExactly(
                            "Collection 'system.profile' is left out: it is the server's own.",
                            "Collection '$admin.system.users' is left out: it is the server's own.",
                            "The oplog is left out: Monarch does not replay it, as mongorestore can, so the data may contain"
                                    + " only a part of the writes during the dump.",
                            "Database 'admin' is left out: it is the server's own.",
                            "Database 'config' is left out: it is the server's own.",
                            "Database 'shelter' is left out: a different database was selected.");
        }
    }

    @Test
    void anUnknownDatabaseIsRefusedWithTheNamesOfThoseInTheArchive() {
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> ArchiveSource.open(new ByteArrayInputStream(ofAServer()), choosing("kennels")))
                .withMessageContaining("it does not contain the database 'kennels', only kennel, shelter");
    }

    @Test
    void verificationReadsAllDatabasesByTheirFullNames() throws IOException {
        try (ArchiveSource source = ArchiveSource.openAll(new ByteArrayInputStream(ofAServer()))) {
            assertThat(source.catalogue().collections())
                    .extracting(CollectionDescription::name)
                    .containsExactly("kennel.dogs", "shelter.cats");
        }
    }

    @Test
    void bucketsWithoutTheirTimeSeriesAreRefused() {
        byte[] archive = new HostileArchive.Bytes()
                .beginning()
                .description("kennel", "system.buckets.weights", "{}")
                .description("kennel", "dogs", "{}")
                .terminator()
                .toByteArray();

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> ArchiveSource.open(new ByteArrayInputStream(archive), CollectionSelection.ALL))
                .withMessageContaining("'kennel.system.buckets.weights' contains the buckets of a time series");
    }

    @Test
    void measurementsInsteadOfBucketsAreRefused() throws IOException {
        byte[] archive = new HostileArchive.Bytes()
                .beginning()
                .description("weights", "{\"options\": {\"timeseries\": {\"timeField\": \"at\"}}}")
                .terminator()
                .head("weights", false)
                .document(new BsonDocument("_id", new BsonInt32(1)))
                .terminator()
                .toByteArray();

        try (ArchiveSource source = ArchiveSource.open(new ByteArrayInputStream(archive), CollectionSelection.ALL)) {
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> source.transferTo(new ForgottenDocuments()))
                    .withMessageContaining("it has measurements of the time series 'weights' instead of its buckets");
        }
    }

    @Test
    void documentsOfAViewAreReportedAsDamage() throws IOException {
        byte[] archive = new HostileArchive.Bytes()
                .beginning()
                .description("puppies", "{\"options\": {\"viewOn\": \"dogs\", \"pipeline\": []}}")
                .terminator()
                .head("puppies", false)
                .document(new BsonDocument("_id", new BsonInt32(1)))
                .terminator()
                .toByteArray();

        try (ArchiveSource source = ArchiveSource.open(new ByteArrayInputStream(archive), CollectionSelection.ALL)) {
            assertThatExceptionOfType(DamagedArchiveException.class)
                    .isThrownBy(() -> source.transferTo(new ForgottenDocuments()))
                    .withMessageContaining("it is a view, but the archive contains documents of it");
        }
    }

    @Test
    void descriptionsFromTheManifestOverrideThoseOfTheArchive() throws IOException {
        byte[] archive = new HostileArchive.Bytes()
                .beginning()
                .description("kennel", "dogs", "{\"options\": {\"capped\": true}}")
                .terminator()
                .toByteArray();
        CollectionDescription known = new CollectionDescription(
                "dogs", CollectionType.COLLECTION, new BsonDocument("max", new BsonInt32(7)), List.of(), null);

        try (ArchiveSource source = ArchiveSource.open(
                new ByteArrayInputStream(archive),
                ArchiveSelection.of(CollectionSelection.ALL).withKnown(List.of(known)))) {
            assertThat(source.catalogue().collections()).containsExactly(known);
        }
    }

    private static ArchiveSelection choosing(String database) {
        return new ArchiveSelection(database, CollectionSelection.ALL, Map.of(), false);
    }

    /** Discards all documents. */
    private static final class ForgottenDocuments implements TransferSink {

        @Override
        public void begin(Catalogue catalogue) {
            // Not needed by this test.
        }

        @Override
        public CollectionSink collection(CollectionDescription collection) {
            return new CollectionSink() {

                @Override
                public void documents(DocumentBatch batch) {
                    // Not needed by this test.
                }

                @Override
                public void restart() {
                    // Nothing was kept.
                }

                @Override
                public void end() {
                    // Not needed by this test.
                }
            };
        }
    }

    @Test
    void theErrorNamesTheDocumentInWhichAnArchiveEnds() {
        byte[] archive = dogs(1, 2, 3);
        int middleOfTheLast = archive.length - Integer.BYTES - 3;

        assertDamaged(
                Arrays.copyOf(archive, middleOfTheLast),
                "it is cut off here, in document 3, which follows the one with {\"_id\": 2}");
        assertDamaged(Arrays.copyOf(dogs(1), dogs(1).length - Integer.BYTES - 3), "it is cut off here, in document 1");
    }

    private static byte[] dogs(int... ids) {
        HostileArchive.Bytes bytes = new HostileArchive.Bytes()
                .beginning()
                .description("dogs", "{}")
                .terminator()
                .head("dogs", false);
        for (int id : ids) {
            bytes.document(new BsonDocument("_id", new BsonInt32(id)));
        }
        return bytes.terminator().toByteArray();
    }

    private static void assertDamaged(byte[] archive, String problem) {
        assertThatExceptionOfType(DamagedArchiveException.class)
                .isThrownBy(() -> readAll(archive))
                .extracting(DamagedArchiveException::problem)
                .isEqualTo(problem);
    }

    private static void readAll(byte[] archive) throws IOException {
        try (ArchiveReader reader = ArchiveReader.open(new ByteArrayInputStream(archive))) {
            reader.readAll(new ArchiveVisitor() {

                @Override
                public void documents(Namespace namespace, DocumentBatch batch) {
                    // Not needed by this test.
                }

                @Override
                public void end(Namespace namespace, long documents, long checksum) {
                    // Not needed by this test.
                }
            });
        }
    }
}

package dev.monarch.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;

import dev.monarch.DamagedArchiveException;
import dev.monarch.OperationRefusedException;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.DocumentBatch;
import dev.monarch.transfer.Namespace;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What is said of archives that cannot be used, or only to some document. */
class ArchiveSourceTests {

    @Test
    void anArchiveOfSeveralDatabasesIsRefusedAndNotCalledDamaged() {
        byte[] archive = new HostileArchive.Bytes()
                .beginning()
                .description("kennel", "dogs", "{}")
                .description("admin", "system.users", "{}")
                .description("shelter", "cats", "{}")
                .terminator()
                .toByteArray();

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> ArchiveSource.open(new ByteArrayInputStream(archive), CollectionSelection.ALL))
                .withMessage(
                        "Refused to read 'the archive': it holds the databases kennel, shelter, and an environment is"
                                + " one. Dump them one by one with mongodump --db.");
    }

    @Test
    void theDocumentInWhichAnArchiveEndsIsNamed() {
        byte[] archive = dogs(1, 2, 3);
        int middleOfTheLast = archive.length - Integer.BYTES - 3;

        assertDamaged(
                Arrays.copyOf(archive, middleOfTheLast),
                "it ends here, in the middle, in document 3, which follows the one with {\"_id\": 2}");
        assertDamaged(
                Arrays.copyOf(dogs(1), dogs(1).length - Integer.BYTES - 3),
                "it ends here, in the middle, in document 1");
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
                    // Nobody wants them.
                }

                @Override
                public void end(Namespace namespace, long documents, long checksum) {
                    // Nobody wants to know.
                }
            });
        }
    }
}

package dev.monarch.engine.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import org.bson.BsonBinaryReader;
import org.bson.BsonDocument;
import org.bson.ByteBufNIO;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.io.ByteBufferBsonInput;
import org.junit.jupiter.api.Test;

import dev.monarch.DamagedArchiveException;
import dev.monarch.engine.dump.DumpForm;
import dev.monarch.engine.transfer.DocumentBatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The structure of documents is checked, because files of mongodump have no checksums. */
class BsonStructureTests {

    private static final int CHANGES = 20_000;

    private static final long SEED = Long.getLong("monarch.proof.seed", 20_261_127);

    /** Documents with values of all types. */
    private static List<byte[]> documents() throws IOException {
        List<byte[]> documents = new ArrayList<>();
        for (String file : List.of("all_types.bson", "mixed_ids.bson")) {
            byte[] bytes =
                    Objects.requireNonNull(DumpForm.fixture("mongodb-4.4").get(file));
            DocumentReader.readFile(
                    new ByteArrayInputStream(bytes),
                    file,
                    batch -> batch.split().forEach(document -> documents.add(copy(document))));
        }
        return documents;
    }

    private static byte[] copy(RawBsonDocument document) {
        ByteBuffer bytes = document.getByteBuffer().asNIO();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    @Test
    void everyTypeIsValid() throws IOException {
        assertThat(documents())
                .hasSizeGreaterThan(40)
                .allSatisfy(document -> assertThat(BsonStructure.firstInvalid(document, 0, document.length))
                        .isNegative());
    }

    @Test
    void whatTheDriverCannotReadIsInvalid() throws IOException {
        List<byte[]> documents = documents();
        Random random = new Random(SEED);
        int refused = 0;
        for (int i = 0; i < CHANGES; i++) {
            byte[] changed = documents.get(random.nextInt(documents.size())).clone();
            int at = 4 + random.nextInt(changed.length - 4);
            changed[at] = (byte) random.nextInt();
            int invalid = BsonStructure.firstInvalid(changed, 0, changed.length);
            if (invalid < 0) {
                assertThat(isReadable(changed))
                        .as("byte %s, seed %s, %s", at, SEED, Arrays.toString(changed))
                        .isTrue();
            } else {
                assertThat(invalid).isLessThan(changed.length);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(CHANGES / 20);
    }

    private static boolean isReadable(byte[] document) {
        try (BsonBinaryReader reader =
                new BsonBinaryReader(new ByteBufferBsonInput(new ByteBufNIO(ByteBuffer.wrap(document))))) {
            BsonDocument read = new BsonDocumentCodec()
                    .decode(reader, DecoderContext.builder().build());
            return read != null;
        } catch (RuntimeException e) {
            return false;
        }
    }

    @Test
    void theMessageHasTheOffsetOfTheInvalidElement() {
        byte[] valid = copy(RawBsonDocument.parse("{_id: 1, nested: {name: 'Rex'}}"));
        byte[] twice = Arrays.copyOf(valid, valid.length * 2);
        System.arraycopy(valid, 0, twice, valid.length, valid.length);
        // The type of the nested name: after the length and _id (13 bytes), the name (8), and the length (4).
        int element = valid.length + 4 + 9 + 8 + 4;
        assertThat(twice[element]).isEqualTo((byte) 2);
        twice[element] = 0x42;

        List<DocumentBatch> batches = new ArrayList<>();
        assertThatExceptionOfType(DamagedArchiveException.class)
                .isThrownBy(() -> DocumentReader.readFile(new ByteArrayInputStream(twice), "kennel.dogs", batches::add))
                .satisfies(e -> assertThat(e.offset()).isEqualTo(element))
                .withMessageContaining("a document has an invalid element, in document 2");
        assertThat(batches).isEmpty();
    }
}

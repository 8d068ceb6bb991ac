package dev.monarch.engine.server;

import java.util.Arrays;

import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RawBytesTests {

    private static final byte[] BYTES = {12, 0, 0, 0, 16, 'n', 0, 7, 0, 0, 0, 0};

    @Test
    void theBytesOfADocumentAreFoundInAnArrayOfSeveral() {
        byte[] many = new byte[5 + BYTES.length + 9];
        System.arraycopy(BYTES, 0, many, 5, BYTES.length);

        RawBytes bytes = RawBytes.of(new RawBsonDocument(many, 5, BYTES.length));

        assertThat(bytes.array()).isSameAs(many);
        assertThat(bytes.offset()).isEqualTo(5);
        assertThat(bytes.length()).isEqualTo(BYTES.length);
        assertThat(Arrays.copyOfRange(bytes.array(), bytes.offset(), bytes.end()))
                .isEqualTo(BYTES);
    }

    @Test
    void theBytesOfADocumentThatWasEncodedEndWithTheDocument() {
        RawBsonDocument document =
                new RawBsonDocument(new BsonDocument("n", new BsonInt32(7)), new BsonDocumentCodec());

        RawBytes bytes = RawBytes.of(document);

        byte[] copy = new byte[bytes.length()];
        bytes.buffer().get(copy);
        assertThat(copy).isEqualTo(BYTES);
    }

    @Test
    void aDriverWithoutAccessorsGivesTheSameBytes() {
        byte[] many = new byte[5 + BYTES.length + 9];
        System.arraycopy(BYTES, 0, many, 5, BYTES.length);
        RawBsonDocument document = new RawBsonDocument(many, 5, BYTES.length);

        RawBytes bytes = RawBytes.ofView(document);

        assertThat(bytes.array()).isSameAs(many);
        assertThat(bytes.offset()).isEqualTo(5);
        assertThat(bytes.length()).isEqualTo(BYTES.length);
    }
}

package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.List;

import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IdFirstTests {

    @Test
    void aDocumentThatStartsWithItsIdIsNotChanged() {
        RawBsonDocument document = RawBsonDocument.parse("{_id: 1, name: 'Rex', nested: {_id: 2}}");

        assertThat(IdFirst.of(document)).isSameAs(document);
    }

    @Test
    void anIdInTheMiddleIsMovedAndOtherFieldsKeepTheirOrder() {
        RawBsonDocument document =
                RawBsonDocument.parse("{name: 'Rex', nested: {_id: 2}, _id: {a: 1}, _idx: 3, z: null}");

        assertThat(IdFirst.of(document))
                .isEqualTo(RawBsonDocument.parse("{_id: {a: 1}, name: 'Rex', nested: {_id: 2}, _idx: 3, z: null}"));
    }

    @Test
    void anIdAtTheEndIsMoved() {
        assertThat(IdFirst.of(RawBsonDocument.parse("{name: 'Rex', _id: 1}")))
                .isEqualTo(RawBsonDocument.parse("{_id: 1, name: 'Rex'}"));
    }

    @Test
    void aDocumentWithoutAnIdGetsANewOne() {
        RawBsonDocument document = RawBsonDocument.parse("{name: 'Rex', nested: {_id: 2}}");

        BsonDocument first = decoded(IdFirst.of(document));
        BsonDocument second = decoded(IdFirst.of(document));

        assertThat(new ArrayList<>(first.keySet())).isEqualTo(List.of("_id", "name", "nested"));
        assertThat(first.get("_id")).isInstanceOf(BsonObjectId.class).isNotEqualTo(second.get("_id"));
        first.remove("_id");
        assertThat(first).isEqualTo(decoded(document));
        assertThat(decoded(IdFirst.of(RawBsonDocument.parse("{}")))).containsOnlyKeys("_id");
    }

    @Test
    void onlyOneOfSeveralDocumentsInAnArrayIsRead() {
        RawBsonDocument one = raw(new BsonDocument("name", new BsonString("Rex")).append("_id", new BsonInt32(1)));
        byte[] many = new byte[5 + one.getByteLength() + 9];
        System.arraycopy(one.getBackingArray(), one.getByteOffset(), many, 5, one.getByteLength());

        assertThat(IdFirst.of(new RawBsonDocument(many, 5, one.getByteLength())))
                .isEqualTo(RawBsonDocument.parse("{_id: 1, name: 'Rex'}"));
    }

    @Test
    void invalidDocumentsAreLeftToTheServer() {
        byte[] lying = new byte[] {14, 0, 0, 0, 2, 'a', 0, 99, 0, 0, 0, 'b', 0, 0};
        RawBsonDocument document = new RawBsonDocument(lying);

        assertThat(IdFirst.of(document)).isSameAs(document);
        byte[] unknown = new byte[] {9, 0, 0, 0, 77, 'a', 0, 1, 0};
        RawBsonDocument other = new RawBsonDocument(unknown);
        assertThat(IdFirst.of(other)).isSameAs(other);
    }

    private static RawBsonDocument raw(BsonDocument document) {
        return new RawBsonDocument(document, new BsonDocumentCodec());
    }

    private static BsonDocument decoded(RawBsonDocument document) {
        return document.decode(new BsonDocumentCodec());
    }
}

package dev.monarch.engine.version;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.mongodb.MongoClientSettings;
import org.bson.BsonBinaryWriter;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.UuidRepresentation;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.DocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.io.BasicOutputBuffer;
import org.jspecify.annotations.Nullable;

/** Compares documents of different versions, field by field, and by their bytes. */
final class Shapes {

    private static final DocumentCodec CODEC = new DocumentCodec(CodecRegistries.withUuidRepresentation(
            MongoClientSettings.getDefaultCodecRegistry(), UuidRepresentation.STANDARD));

    private Shapes() {}

    static Document decoded(RawBsonDocument document) {
        return CODEC.decode(document.asBsonReader(), DecoderContext.builder().build());
    }

    static RawBsonDocument encoded(Document document) {
        return new RawBsonDocument(document, CODEC);
    }

    /** Returns a copy whose embedded documents and lists are copies, too. Other values are shared. */
    static Document copy(Document document) {
        Document copy = new Document();
        document.forEach((name, value) -> copy.put(name, copyOf(value)));
        return copy;
    }

    private static @Nullable Object copyOf(@Nullable Object value) {
        if (value instanceof Document embedded) {
            return copy(embedded);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(copyOf(element)));
            return copy;
        }
        return value;
    }

    /** {@return the paths of the fields that one document has and the other has not} */
    static List<FieldPath> missing(Document has, Document hasNot) {
        return walk(has, hasNot).entrySet().stream()
                .filter(found -> found.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** {@return the paths of the fields that both documents have, with different values} */
    static List<FieldPath> different(Document one, Document other) {
        return walk(one, other).entrySet().stream()
                .filter(found -> !found.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns the fields in which the second document differs: true if it lacks the field. */
    private static Map<FieldPath, Boolean> walk(Document first, Document second) {
        Map<FieldPath, Boolean> found = new LinkedHashMap<>();
        first.keySet().forEach(name -> compare(FieldPath.of(name), first, second, found));
        return found;
    }

    private static void compare(FieldPath path, Document first, Document second, Map<FieldPath, Boolean> found) {
        if (!path.isIn(second)) {
            found.put(path, true);
            return;
        }
        Object one = path.valueIn(first);
        Object other = path.valueIn(second);
        if (one instanceof Document embedded && other instanceof Document) {
            embedded.keySet().forEach(name -> compare(path.child(name), first, second, found));
        } else if (!Arrays.equals(bytes(one), bytes(other))) {
            found.put(path, false);
        }
    }

    /** {@return the value in BSON, so that a value that was read equals the value that was written} */
    static byte[] bytes(@Nullable Object value) {
        return bytes(Stream.of(value == null ? new Document() : new Document("value", value)));
    }

    static byte[] bytes(Stream<Document> documents) {
        try (BasicOutputBuffer buffer = new BasicOutputBuffer()) {
            documents.forEach(document -> CODEC.encode(
                    new BsonBinaryWriter(buffer),
                    document,
                    EncoderContext.builder().build()));
            return buffer.toByteArray();
        }
    }
}

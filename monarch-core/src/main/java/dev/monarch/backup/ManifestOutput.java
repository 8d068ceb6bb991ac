package dev.monarch.backup;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriter;
import org.bson.json.JsonWriterSettings;
import org.bson.json.StrictJsonWriter;
import org.jspecify.annotations.Nullable;

/** Writes the JSON of a manifest field by field, so that not all frames are in memory as JSON values. */
final class ManifestOutput {

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private static final EncoderContext ENCODING = EncoderContext.builder().build();

    private final StringWriter text = new StringWriter();

    private final JsonWriter json = new JsonWriter(
            text,
            JsonWriterSettings.builder()
                    .outputMode(JsonMode.EXTENDED)
                    .int64Converter(this::number)
                    .build());

    /** Whether numbers are written with their BSON types, as for values of a server. */
    private boolean canonical;

    /** Writes the whole text. */
    byte[] whole(Runnable fields) {
        json.writeStartDocument();
        fields.run();
        json.writeEndDocument();
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    void text(String name, String value) {
        json.writeString(name, value);
    }

    void optionalText(String name, @Nullable String value) {
        if (value != null) {
            json.writeString(name, value);
        }
    }

    void number(String name, long value) {
        json.writeInt64(name, value);
    }

    void flag(String name, boolean value) {
        json.writeBoolean(name, value);
    }

    void texts(String name, List<String> values) {
        json.writeStartArray(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }

    void time(String name, BsonTimestamp time) {
        object(name, () -> {
            number("seconds", Integer.toUnsignedLong(time.getTime()));
            number("increment", Integer.toUnsignedLong(time.getInc()));
        });
    }

    void object(String name, Runnable fields) {
        json.writeStartDocument(name);
        fields.run();
        json.writeEndDocument();
    }

    <T> void objects(String name, List<T> values, Consumer<T> fields) {
        json.writeStartArray(name);
        for (T value : values) {
            json.writeStartDocument();
            fields.accept(value);
            json.writeEndDocument();
        }
        json.writeEndArray();
    }

    void numbers(String name, WrittenFrame frame) {
        json.writeName(name);
        numbers(frame);
    }

    void frames(String name, List<WrittenFrame> frames) {
        json.writeStartArray(name);
        frames.forEach(this::numbers);
        json.writeEndArray();
    }

    private void numbers(WrittenFrame frame) {
        json.writeStartArray();
        json.writeInt64(frame.volume());
        json.writeInt64(frame.offset());
        json.writeInt64(frame.length());
        json.writeInt64(frame.documents());
        json.writeInt64(frame.crc());
        json.writeEndArray();
    }

    /** Writes a value of the server, with its BSON types. */
    void exact(String name, BsonDocument document) {
        json.writeName(name);
        exact(document);
    }

    void exact(String name, List<BsonDocument> documents) {
        json.writeStartArray(name);
        documents.forEach(this::exact);
        json.writeEndArray();
    }

    private void exact(BsonDocument document) {
        canonical = true;
        CODEC.encode(json, document, ENCODING);
        canonical = false;
    }

    private void number(Long value, StrictJsonWriter writer) {
        if (canonical) {
            writer.writeStartObject();
            writer.writeString("$numberLong", Long.toString(value));
            writer.writeEndObject();
        } else {
            writer.writeNumber(Long.toString(value));
        }
    }
}

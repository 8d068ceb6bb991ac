package dev.monarch.backup;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.codecs.BsonValueCodec;
import org.bson.codecs.DecoderContext;
import org.bson.json.JsonReader;

/**
 * Reads the output of {@link ManifestWriter}, one collection after the other. If the text is invalid, it throws an
 * {@link IllegalArgumentException} or an exception of the JSON reader.
 */
final class ManifestReader {

    private static final BsonValueCodec VALUES = new BsonValueCodec();

    private static final DecoderContext DECODING = DecoderContext.builder().build();

    private final JsonReader json;

    /** As in the text, with offsets in volumes that may not be known yet. */
    private final List<WrittenCollection> collections = new ArrayList<>();

    private record WrittenCollection(ManifestFields fields, List<WrittenFrame> frames) {}

    private ManifestReader(byte[] text) {
        this.json = new JsonReader(new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.UTF_8));
    }

    static Manifest read(byte[] text) {
        ManifestReader reader = new ManifestReader(text);
        return reader.manifest(reader.fields());
    }

    private ManifestFields fields() {
        BsonDocument fields = new BsonDocument();
        json.readStartDocument();
        while (json.readBsonType() != BsonType.END_OF_DOCUMENT) {
            String name = json.readName();
            if (name.equals("collections")) {
                collections();
            } else {
                fields.append(name, value());
            }
        }
        json.readEndDocument();
        return new ManifestFields(fields);
    }

    private void collections() {
        json.readStartArray();
        while (json.readBsonType() != BsonType.END_OF_DOCUMENT) {
            collections.add(collection());
        }
        json.readEndArray();
    }

    private WrittenCollection collection() {
        BsonDocument fields = new BsonDocument();
        List<WrittenFrame> frames = List.of();
        json.readStartDocument();
        while (json.readBsonType() != BsonType.END_OF_DOCUMENT) {
            String name = json.readName();
            switch (name) {
                case "frames" -> frames = frames();
                // Only for display, and optional. The BSON is authoritative.
                case "options", "indexes" -> json.skipValue();
                default -> fields.append(name, value());
            }
        }
        json.readEndDocument();
        return new WrittenCollection(new ManifestFields(fields), frames);
    }

    private List<WrittenFrame> frames() {
        List<WrittenFrame> frames = new ArrayList<>();
        json.readStartArray();
        while (json.readBsonType() != BsonType.END_OF_DOCUMENT) {
            frames.add(WrittenFrame.of(value().asArray()));
        }
        json.readEndArray();
        return frames;
    }

    private BsonValue value() {
        return VALUES.decode(json, DECODING);
    }

    private Manifest manifest(ManifestFields fields) {
        if (!fields.text("format").equals(ManifestJson.FORMAT) || !fields.flag("complete")) {
            throw new IllegalArgumentException("it does not describe a complete backup");
        }
        ManifestBuilder builder = new ManifestBuilder("");
        ManifestFormat.FIELDS.forEach(field -> field.read(fields, builder));
        BackupArchive archive = Objects.requireNonNull(builder.archive);
        CollectionFormat format = new CollectionFormat(new VolumeMap(archive.volumes()));
        builder.collections = collections.stream()
                .map(written -> format.read(written.fields(), written.frames()))
                .toList();
        return builder.build();
    }
}

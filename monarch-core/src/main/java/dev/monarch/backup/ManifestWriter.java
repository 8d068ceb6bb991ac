package dev.monarch.backup;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.json.JsonMode;
import org.bson.json.JsonParseException;
import org.bson.json.JsonWriter;
import org.bson.json.JsonWriterSettings;
import org.bson.json.StrictJsonWriter;
import org.jspecify.annotations.Nullable;

import dev.monarch.archive.ArchiveOutput.ArchiveFrame;
import dev.monarch.engine.archive.ExactBson;
import dev.monarch.masking.Masker.MaskedField;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.ShardKey;

/** Writes a manifest field by field: a hundred thousand frames never stand in memory as JSON values. */
final class ManifestWriter {

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private static final EncoderContext ENCODING = EncoderContext.builder().build();

    private static final JsonWriterSettings CANONICAL =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

    private final StringWriter text = new StringWriter();

    private final JsonWriter json = new JsonWriter(
            text,
            JsonWriterSettings.builder()
                    .outputMode(JsonMode.EXTENDED)
                    .int64Converter(this::number)
                    .build());

    private final VolumeMap volumes;

    /** Whether what is written belongs to a server, whose types matter, and not to the manifest itself. */
    private boolean canonical;

    private ManifestWriter(Manifest manifest) {
        this.volumes = new VolumeMap(manifest.archive().volumes());
    }

    static byte[] write(Manifest manifest) {
        ManifestWriter writer = new ManifestWriter(manifest);
        writer.manifest(manifest);
        return writer.text.toString().getBytes(StandardCharsets.UTF_8);
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

    private void manifest(Manifest manifest) {
        json.writeStartDocument();
        json.writeString("format", ManifestJson.FORMAT);
        json.writeInt64("version", ManifestJson.VERSION);
        json.writeString("monarch", manifest.monarchVersion());
        json.writeString("name", manifest.name());
        json.writeString("environment", manifest.environment());
        json.writeString("database", manifest.database());
        source(manifest.source());
        json.writeStartDocument("created");
        json.writeString("start", manifest.started().toString());
        json.writeString("end", manifest.ended().toString());
        json.writeEndDocument();
        server(manifest.server());
        reading(manifest.reading());
        json.writeStartDocument("selection");
        texts("only", manifest.selection().only());
        texts("exclude", manifest.selection().exclude());
        json.writeEndDocument();
        part(manifest.part());
        json.writeBoolean("partial", manifest.isPartial());
        history(manifest.history());
        json.writeInt64("documents", manifest.documents());
        json.writeInt64("bytes", manifest.bytes());
        json.writeString("compression", manifest.compression());
        archive(manifest.archive());
        json.writeStartArray("collections");
        manifest.collections().forEach(this::collection);
        json.writeEndArray();
        json.writeBoolean("complete", true);
        json.writeEndDocument();
    }

    private void source(@Nullable DatabaseIdentity source) {
        if (source != null) {
            json.writeStartDocument("source");
            UUID lock = source.lock();
            optional("lock", lock == null ? null : lock.toString());
            texts("hosts", source.hosts());
            json.writeEndDocument();
        }
    }

    private void server(Manifest.Server server) {
        json.writeStartDocument("server");
        json.writeString("version", server.version());
        json.writeString("topology", server.topology());
        optional("featureCompatibility", server.featureCompatibility());
        json.writeEndDocument();
    }

    private void reading(Manifest.Reading reading) {
        json.writeStartDocument("consistency");
        json.writeString("asked", reading.asked().name().toLowerCase(Locale.ROOT));
        json.writeString("had", reading.had().toString());
        time(reading.clusterTime());
        texts("reasons", reading.reasons());
        texts("warnings", reading.warnings());
        json.writeEndDocument();
    }

    private void part(Manifest.@Nullable Part part) {
        if (part != null) {
            json.writeStartDocument("querySet");
            json.writeString("name", part.querySet());
            json.writeStartDocument("parameters");
            new TreeMap<>(part.parameters()).forEach(json::writeString);
            json.writeEndDocument();
            json.writeStartArray("masked");
            part.masked().forEach(this::masked);
            json.writeEndArray();
            json.writeEndDocument();
        }
    }

    private void masked(MaskedField field) {
        json.writeStartDocument();
        json.writeString("collection", field.collection());
        json.writeString("path", field.path());
        json.writeString("masker", field.masker());
        json.writeEndDocument();
    }

    private void history(Manifest.@Nullable History history) {
        if (history != null) {
            json.writeStartDocument("history");
            json.writeString("collection", history.collection());
            json.writeInt64("entries", history.entries());
            optional("lastApplied", history.lastApplied());
            json.writeEndDocument();
        }
    }

    private void archive(Manifest.Archive archive) {
        json.writeInt64("length", archive.length());
        json.writeString("sha256", archive.sha256());
        json.writeStartArray("volumes");
        for (Manifest.Volume volume : archive.volumes()) {
            json.writeStartDocument();
            json.writeString("extension", volume.extension());
            json.writeInt64("length", volume.length());
            json.writeString("sha256", volume.sha256());
            json.writeEndDocument();
        }
        json.writeEndArray();
        json.writeName("beginning");
        frame(archive.beginning());
    }

    private void collection(BackedUpCollection collection) {
        CollectionDescription description = collection.description();
        json.writeStartDocument();
        json.writeString("name", description.name());
        json.writeString("type", description.type().wireName());
        json.writeInt64("documents", collection.totals().documents());
        json.writeInt64("bytes", collection.totals().bytes());
        json.writeString("crc64", HexFormat.of().toHexDigits(collection.totals().crc64()));
        time(collection.clusterTime());
        optional("reason", collection.reason());
        UUID uuid = description.uuid();
        optional("uuid", uuid == null ? null : uuid.toString());
        shardKey(collection.shardKey());
        optionsAndIndexes(description);
        json.writeStartArray("frames");
        collection.totals().frames().forEach(this::frame);
        json.writeEndArray();
        json.writeEndDocument();
    }

    private void shardKey(@Nullable ShardKey shardKey) {
        if (shardKey != null) {
            json.writeStartDocument("shardKey");
            json.writeName("key");
            canonical = true;
            CODEC.encode(json, shardKey.key(), ENCODING);
            canonical = false;
            json.writeBoolean("unique", shardKey.unique());
            json.writeEndDocument();
        }
    }

    private void optionsAndIndexes(CollectionDescription description) {
        BsonDocument both = new BsonDocument("options", description.options())
                .append("indexes", new BsonArray(description.indexes()));
        if (isReadBack(both)) {
            canonical = true;
            json.writeName("options");
            CODEC.encode(json, description.options(), ENCODING);
            json.writeStartArray("indexes");
            description.indexes().forEach(index -> CODEC.encode(json, index, ENCODING));
            json.writeEndArray();
            canonical = false;
        }
        json.writeString("bson", ExactBson.encode(description));
    }

    /** Extended JSON cannot tell a field of the name {@code $date} from a date. */
    private static boolean isReadBack(BsonDocument document) {
        try {
            return BsonDocument.parse(document.toJson(CANONICAL)).equals(document);
        } catch (JsonParseException e) {
            return false;
        }
    }

    private void frame(ArchiveFrame frame) {
        int volume = volumes.volumeAt(frame.offset());
        json.writeStartArray();
        json.writeInt64(volume);
        json.writeInt64(frame.offset() - volumes.beginOf(volume));
        json.writeInt64(frame.length());
        json.writeInt64(frame.documents());
        json.writeInt64(frame.crc());
        json.writeEndArray();
    }

    private void time(@Nullable BsonTimestamp time) {
        if (time != null) {
            json.writeStartDocument("clusterTime");
            json.writeInt64("seconds", Integer.toUnsignedLong(time.getTime()));
            json.writeInt64("increment", Integer.toUnsignedLong(time.getInc()));
            json.writeEndDocument();
        }
    }

    private void texts(String name, List<String> texts) {
        json.writeStartArray(name);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }

    private void optional(String name, @Nullable String value) {
        if (value != null) {
            json.writeString(name, value);
        }
    }
}

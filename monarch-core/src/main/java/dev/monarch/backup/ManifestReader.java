package dev.monarch.backup;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.codecs.BsonValueCodec;
import org.bson.codecs.DecoderContext;
import org.bson.json.JsonReader;
import org.jspecify.annotations.Nullable;

import dev.monarch.archive.ArchiveOutput.ArchiveFrame;
import dev.monarch.engine.archive.ArchivedTotals;
import dev.monarch.engine.archive.ExactBson;
import dev.monarch.masking.Masker.MaskedField;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;
import dev.monarch.transfer.CollectionDescription.ShardKey;
import dev.monarch.transfer.CollectionSelection;

/**
 * Reads what {@link ManifestWriter} wrote, one collection after the other; what is not as it must be is an {@link
 * IllegalArgumentException} or something that the JSON reader throws.
 */
final class ManifestReader {

    private static final BsonValueCodec VALUES = new BsonValueCodec();

    private static final DecoderContext DECODING = DecoderContext.builder().build();

    private final JsonReader json;

    /** As they are in the text: with offsets in volumes that may not be known yet. */
    private final List<WrittenCollection> collections = new ArrayList<>();

    private record WrittenFrame(int volume, long offset, long length, int documents, long crc) {

        ArchiveFrame in(VolumeMap volumes) {
            return new ArchiveFrame(volumes.beginOf(volume) + offset, length, documents, crc);
        }
    }

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
                // For people, and not always there; what counts is the BSON.
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
            frames.add(frame(value()));
        }
        json.readEndArray();
        return frames;
    }

    private static WrittenFrame frame(BsonValue value) {
        List<Long> numbers = value.asArray().stream()
                .map(number -> number.asNumber().longValue())
                .toList();
        return new WrittenFrame(
                Math.toIntExact(numbers.get(0)),
                numbers.get(1),
                numbers.get(2),
                Math.toIntExact(numbers.get(3)),
                numbers.get(4));
    }

    private BsonValue value() {
        return VALUES.decode(json, DECODING);
    }

    private Manifest manifest(ManifestFields fields) {
        if (!fields.text("format").equals(ManifestJson.FORMAT) || !fields.flag("complete")) {
            throw new IllegalArgumentException("it is not that of a complete backup");
        }
        ManifestFields created = fields.object("created");
        ManifestFields selection = fields.object("selection");
        Manifest.Archive archive = archive(fields);
        VolumeMap volumes = new VolumeMap(archive.volumes());
        return new Manifest(
                fields.text("name"),
                fields.text("monarch"),
                fields.text("environment"),
                fields.text("database"),
                source(fields.optionalObject("source"), fields.text("database")),
                created.instant("start"),
                created.instant("end"),
                server(fields.object("server")),
                reading(fields.object("consistency")),
                new CollectionSelection(selection.texts("only"), selection.texts("exclude")),
                part(fields.optionalObject("querySet")),
                history(fields.optionalObject("history")),
                fields.text("compression"),
                archive,
                collections.stream()
                        .map(written -> collection(written, volumes))
                        .toList());
    }

    private static @Nullable DatabaseIdentity source(@Nullable ManifestFields fields, String database) {
        if (fields == null) {
            return null;
        }
        String lock = fields.optionalText("lock");
        return new DatabaseIdentity(lock == null ? null : UUID.fromString(lock), fields.texts("hosts"), database);
    }

    private static Manifest.Server server(ManifestFields fields) {
        return new Manifest.Server(
                fields.text("version"), fields.text("topology"), fields.optionalText("featureCompatibility"));
    }

    private static Manifest.Reading reading(ManifestFields fields) {
        return new Manifest.Reading(
                fields.asked("asked"),
                fields.had("had"),
                fields.time("clusterTime"),
                fields.texts("reasons"),
                fields.texts("warnings"));
    }

    private static Manifest.@Nullable Part part(@Nullable ManifestFields fields) {
        if (fields == null) {
            return null;
        }
        Map<String, String> parameters = new TreeMap<>();
        ManifestFields given = fields.object("parameters");
        given.document().keySet().forEach(name -> parameters.put(name, given.text(name)));
        List<MaskedField> masked = fields.objects("masked").stream()
                .map(field -> new MaskedField(field.text("collection"), field.text("path"), field.text("masker")))
                .toList();
        return new Manifest.Part(fields.text("name"), parameters, masked);
    }

    private static Manifest.@Nullable History history(@Nullable ManifestFields fields) {
        return fields == null
                ? null
                : new Manifest.History(
                        fields.text("collection"), fields.number("entries"), fields.optionalText("lastApplied"));
    }

    private static Manifest.Archive archive(ManifestFields fields) {
        List<Manifest.Volume> volumes = fields.objects("volumes").stream()
                .map(volume ->
                        new Manifest.Volume(volume.text("extension"), volume.number("length"), volume.text("sha256")))
                .toList();
        ArchiveFrame beginning = frame(fields.array("beginning")).in(new VolumeMap(volumes));
        return new Manifest.Archive(fields.number("length"), fields.text("sha256"), beginning, volumes);
    }

    private static BackedUpCollection collection(WrittenCollection written, VolumeMap volumes) {
        ManifestFields fields = written.fields();
        ArchivedTotals totals = new ArchivedTotals(
                fields.text("name"),
                fields.number("documents"),
                fields.number("bytes"),
                HexFormat.fromHexDigitsToLong(fields.text("crc64")),
                written.frames().stream().map(frame -> frame.in(volumes)).toList());
        return new BackedUpCollection(
                description(fields),
                totals,
                fields.time("clusterTime"),
                fields.optionalText("reason"),
                shardKey(fields.optionalObject("shardKey")));
    }

    private static @Nullable ShardKey shardKey(@Nullable ManifestFields fields) {
        return fields == null ? null : new ShardKey(fields.object("key").document(), fields.flag("unique"));
    }

    private static CollectionDescription description(ManifestFields fields) {
        BsonDocument both = ExactBson.decode(fields.text("bson"));
        String uuid = fields.optionalText("uuid");
        return new CollectionDescription(
                fields.text("name"),
                CollectionType.of(fields.text("type")),
                both.getDocument("options"),
                both.getArray("indexes").stream().map(BsonValue::asDocument).toList(),
                uuid == null ? null : UUID.fromString(uuid));
    }
}

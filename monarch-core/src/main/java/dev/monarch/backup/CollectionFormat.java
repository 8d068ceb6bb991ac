package dev.monarch.backup;

import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonParseException;
import org.bson.json.JsonWriterSettings;
import org.jspecify.annotations.Nullable;

import dev.monarch.archive.ArchiveOutput.ArchivedTotals;
import dev.monarch.backup.Manifest.BackedUpCollection;
import dev.monarch.engine.archive.Base64Bson;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;
import dev.monarch.transfer.CollectionDescription.ShardKey;

/** The JSON format of one collection in a manifest. */
final class CollectionFormat {

    private static final JsonWriterSettings CANONICAL =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

    private final VolumeMap volumes;

    CollectionFormat(VolumeMap volumes) {
        this.volumes = volumes;
    }

    void write(BackedUpCollection collection, ManifestOutput json) {
        CollectionDescription description = collection.description();
        json.text("name", description.name());
        json.text("type", description.type().wireName());
        json.number("documents", collection.totals().documents());
        json.number("bytes", collection.totals().bytes());
        json.text("crc64", HexFormat.of().toHexDigits(collection.totals().crc64()));
        BsonTimestamp time = collection.clusterTime();
        if (time != null) {
            json.time("clusterTime", time);
        }
        json.optionalText("reason", collection.reason());
        UUID uuid = description.uuid();
        json.optionalText("uuid", uuid == null ? null : uuid.toString());
        ShardKey shardKey = collection.shardKey();
        if (shardKey != null) {
            json.object("shardKey", () -> {
                json.exact("key", shardKey.key());
                json.flag("unique", shardKey.unique());
            });
        }
        if (isReadBack(description)) {
            json.exact("options", description.options());
            json.exact("indexes", description.indexes());
        }
        json.text("bson", Base64Bson.encode(description));
        json.frames(
                "frames",
                collection.totals().frames().stream()
                        .map(frame -> WrittenFrame.of(frame, volumes))
                        .toList());
    }

    /** Extended JSON cannot distinguish a field named {@code $date} from a date. */
    private static boolean isReadBack(CollectionDescription description) {
        BsonDocument both = new BsonDocument("options", description.options())
                .append("indexes", new BsonArray(description.indexes()));
        try {
            return BsonDocument.parse(both.toJson(CANONICAL)).equals(both);
        } catch (JsonParseException e) {
            return false;
        }
    }

    /** Options and indexes are read from the BSON. Their JSON is only for display, and may be missing. */
    BackedUpCollection read(ManifestFields fields, List<WrittenFrame> frames) {
        ArchivedTotals totals = new ArchivedTotals(
                fields.text("name"),
                fields.number("documents"),
                fields.number("bytes"),
                HexFormat.fromHexDigitsToLong(fields.text("crc64")),
                frames.stream().map(frame -> frame.in(volumes)).toList());
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
        BsonDocument both = Base64Bson.decode(fields.text("bson"));
        String uuid = fields.optionalText("uuid");
        return new CollectionDescription(
                fields.text("name"),
                CollectionType.of(fields.text("type")),
                both.getDocument("options"),
                both.getArray("indexes").stream().map(BsonValue::asDocument).toList(),
                uuid == null ? null : UUID.fromString(uuid));
    }
}

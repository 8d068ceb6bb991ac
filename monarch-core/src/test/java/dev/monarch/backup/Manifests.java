package dev.monarch.backup;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonTimestamp;

import dev.monarch.archive.ArchiveOutput.ArchiveFrame;
import dev.monarch.archive.ArchiveOutput.ArchivedTotals;
import dev.monarch.backup.BackupSummary.DatabaseIdentity;
import dev.monarch.backup.Manifest.BackedUpCollection;
import dev.monarch.engine.Sha256;
import dev.monarch.masking.Masker.MaskedField;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;
import dev.monarch.transfer.CollectionDescription.ShardKey;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.ReadReport;
import dev.monarch.transfer.ReadReport.Consistency;

/** Manifests for tests, without backups. */
final class Manifests {

    static final byte[] CONTENT = "what an archive might hold".getBytes(StandardCharsets.UTF_8);

    private Manifests() {}

    static Manifest of(String name) {
        return of(name, Instant.parse("2026-11-20T10:30:05Z"), 3);
    }

    static Manifest of(String name, Instant started, int frames) {
        String sha256 = sha256(CONTENT);
        return Manifest.builder(name)
                .monarchVersion("1.0.0")
                .taken(started, started.plusSeconds(62))
                .of("production", "kennel")
                .identity(new DatabaseIdentity(
                        UUID.fromString("0d9f7c35-53a2-4d11-8f8a-2b1f4c5d6e7f"), List.of("db1:27017", "db2"), "kennel"))
                .server(new Manifest.Server("8.0.4", "replica set rs0", "8.0"))
                .consistency(Consistency.BEST, ReadReport.AchievedConsistency.PER_COLLECTION)
                .clusterTime(new BsonTimestamp(1795170605, 3))
                .reasons(List.of("'log': this server cannot read a capped collection at a point in time"))
                .warnings(List.of("Migrations ran during the read."))
                .selection(new CollectionSelection(List.of("d*", "log"), List.of("drafts")))
                .part(new Manifest.Part(
                        "AwesomeDogs",
                        Map.of("breed", "beagle", "from", "2026-01-01"),
                        List.of(new MaskedField("dogs", "owner.email", "email"))))
                .history(new Manifest.History("monarch.history", 12, "202611201030-unique-email"))
                .archive(new BackupArchive(
                        "zstd",
                        CONTENT.length,
                        sha256,
                        new ArchiveFrame(0, 5, 0, 4294967295L),
                        List.of(new BackupArchive.Volume(".archive.zst", CONTENT.length, sha256))))
                .collections(List.of(dogs(frames), log(), names()))
                .build();
    }

    private static BackedUpCollection dogs(int frames) {
        BsonDocument options = BsonDocument.parse("{validator: {name: {$type: 'string', $regex: '^[A-Z]'}},"
                + " max: {$numberLong: '9007199254740993'}, odd: {$numberDouble: '-0.0'}}");
        BsonDocument index = BsonDocument.parse("{v: 2, key: {name: 1.0}, name: 'name_1'}");
        return new BackedUpCollection(
                new CollectionDescription(
                        "dogs",
                        CollectionType.COLLECTION,
                        options,
                        List.of(index),
                        UUID.fromString("ffa7054f-30dc-4226-96fa-9607e150cb53")),
                new ArchivedTotals(
                        "dogs",
                        3000,
                        512000,
                        0x995DC9BBDF1939FAL,
                        IntStream.range(0, frames)
                                .mapToObj(i -> new ArchiveFrame(5 + 7L * i, 7, 1000, 123456789L + i))
                                .toList()),
                new BsonTimestamp(1795170605, 3),
                null,
                new ShardKey(BsonDocument.parse("{'owner.name': 'hashed', born: 1.0, age: {$numberLong: '1'}}"), true));
    }

    private static BackedUpCollection log() {
        return new BackedUpCollection(
                new CollectionDescription(
                        "log \"ü\"\n", CollectionType.COLLECTION, new BsonDocument(), List.of(), null),
                new ArchivedTotals("log \"ü\"\n", 0, 0, 0, List.of()),
                new BsonTimestamp(1795170607, 1),
                "this server cannot read a capped collection at a point in time",
                null);
    }

    private static BackedUpCollection names() {
        BsonDocument likeADate = new BsonDocument("$date", new BsonDocument("$type", new BsonString("date")));
        return new BackedUpCollection(
                new CollectionDescription(
                        "names",
                        CollectionType.VIEW,
                        BsonDocument.parse(
                                "{viewOn: 'dogs', pipeline: [{$match: {name: {$regex: 'a', $options: 'i'}}}]}"),
                        List.of(new BsonDocument("partialFilterExpression", likeADate)),
                        null),
                new ArchivedTotals("names", 0, 0, 0, List.of()),
                null,
                null,
                null);
    }

    static String sha256(byte[] bytes) {
        MessageDigest digest = Sha256.begin();
        digest.update(bytes);
        return HexFormat.of().formatHex(digest.digest());
    }
}

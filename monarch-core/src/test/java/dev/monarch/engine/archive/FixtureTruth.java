package dev.monarch.engine.archive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares a database with the original server of a fixture: documents, options and indexes. */
public final class FixtureTruth {

    private final BsonDocument collections;

    private FixtureTruth(BsonDocument collections) {
        this.collections = collections;
    }

    public static FixtureTruth of(String folder) {
        return new FixtureTruth(
                BsonDocument.parse(new String(Fixture.bytes(folder + "/expected.json"), StandardCharsets.UTF_8))
                        .getDocument("collections"));
    }

    public FixtureTruth without(String... names) {
        BsonDocument rest = collections.clone();
        for (String name : names) {
            rest.remove(name);
        }
        return new FixtureTruth(rest);
    }

    public void isIn(MongoDatabase database) throws Exception {
        List<BsonDocument> there = database.listCollections(BsonDocument.class).into(new ArrayList<>());
        assertThat(there)
                .extracting(each -> each.getString("name").getValue())
                .filteredOn(
                        name -> !name.startsWith("monarch.") && !name.startsWith("system.") || name.equals("system.js"))
                .containsExactlyInAnyOrderElementsOf(collections.keySet());
        for (BsonDocument each : there) {
            String name = each.getString("name").getValue();
            if (collections.containsKey(name)) {
                BsonDocument expected = collections.getDocument(name);
                assertThat(each.getString("type")).as("type of %s", name).isEqualTo(expected.getString("type"));
                assertThat(each.getDocument("options"))
                        .as("options of %s", name)
                        .isEqualTo(expected.get("options"));
                documentsAre(database, name, expected);
                indexesAre(database, name, expected);
            }
        }
    }

    private static void documentsAre(MongoDatabase database, String name, BsonDocument expected) throws Exception {
        List<String> hashes = new ArrayList<>();
        MessageDigest ordered = MessageDigest.getInstance("SHA-256");
        for (RawBsonDocument document :
                database.getCollection(name, RawBsonDocument.class).find()) {
            byte[] hash =
                    FixtureDigest.of(document.getBackingArray(), document.getByteOffset(), document.getByteLength());
            hashes.add(HexFormat.of().formatHex(hash));
            ordered.update(hash);
        }
        assertThat(hashes)
                .as("documents of %s", name)
                .hasSize(expected.getNumber("count").intValue());
        hashes.sort(null);
        byte[] joined = String.join("\n", hashes).getBytes(StandardCharsets.US_ASCII);
        assertThat(HexFormat.of().formatHex(FixtureDigest.of(joined, 0, joined.length)))
                .as("digest of %s", name)
                .isEqualTo(expected.getString("digest").getValue());
        if (expected.containsKey("orderedDigest")) {
            assertThat(HexFormat.of().formatHex(ordered.digest()))
                    .as("order of %s", name)
                    .isEqualTo(expected.getString("orderedDigest").getValue());
        }
    }

    private static void indexesAre(MongoDatabase database, String name, BsonDocument expected) {
        if (expected.containsKey("indexes")) {
            List<BsonDocument> indexes =
                    database.getCollection(name).listIndexes(BsonDocument.class).into(new ArrayList<>());
            indexes.sort(Comparator.comparing(index -> index.getString("name").getValue()));
            indexes.forEach(FixtureTruth::boundsAsDoubles);
            assertThat(indexes)
                    .as("indexes of %s", name)
                    .isEqualTo(expected.getArray("indexes").stream()
                            .map(BsonValue::asDocument)
                            .map(FixtureTruth::boundsAsDoubles)
                            .toList());
        }
    }

    /** Servers from 5.0 on return the bounds of a 2d index as doubles, whatever type was set. */
    private static BsonDocument boundsAsDoubles(BsonDocument index) {
        for (String bound : List.of("min", "max")) {
            if (index.containsKey(bound)) {
                index.put(bound, new BsonDouble(index.getNumber(bound).doubleValue()));
            }
        }
        return index;
    }
}

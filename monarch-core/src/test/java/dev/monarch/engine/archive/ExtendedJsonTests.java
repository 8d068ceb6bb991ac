package dev.monarch.engine.archive;

import java.util.List;
import java.util.Random;

import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDbPointer;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** The metadata of archives: exact both ways, by the rules of mongodump and mongorestore. */
class ExtendedJsonTests {

    private static final List<String> KEYS = List.of(
            "a",
            "",
            "ä€",
            "\"\\\n\u2028",
            "$regex",
            "$options",
            "$ref",
            "$id",
            "$db",
            "$type",
            "$expr",
            "$date",
            "$numberLong",
            "$numberInt",
            "$numberDouble",
            "$numberDecimal",
            "$oid",
            "$binary",
            "$uuid",
            "$code",
            "$scope",
            "$symbol",
            "$timestamp",
            "$regularExpression",
            "$dbPointer",
            "$minKey",
            "$maxKey",
            "$undefined",
            "base64",
            "subType",
            "pattern",
            "options",
            "t",
            "i");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$regex\": \"^a\", \"$options\": \"i\"}",
                "{\"$options\": \"i\", \"$regex\": \"^a\"}",
                "{\"$regex\": \"^a\"}",
                "{\"$ref\": \"dogs\", \"$id\": 7}",
                "{\"$type\": \"string\"}",
                "{\"$type\": \"00\", \"$binary\": \"\"}",
                "{\"a\": 1, \"$date\": \"2026-11-20T10:30:05Z\"}",
                "{\"a\": 1, \"$oid\": \"x\"}",
                "{\"a\": 1, \"$numberLong\": \"7\"}"
            })
    void aQueryStaysADocument(String json) {
        BsonDocument read = ExtendedJson.read("{\"query\": " + json + "}").getDocument("query");

        assertThat(read).isEqualTo(JsonParser.parse(json));
        assertThat(ExtendedJson.isExact(new BsonDocument("query", read))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    {"$numberInt": "7"}                                          | INT32
                    {"$numberLong": "7"}                                         | INT64
                    {"$numberDouble": "-0.0"}                                    | DOUBLE
                    {"$numberDecimal": "1E+3"}                                   | DECIMAL128
                    {"$oid": "57e193d7a9cc81b4027498b5"}                         | OBJECT_ID
                    {"$symbol": "a"}                                             | SYMBOL
                    {"$date": {"$numberLong": "-1"}}                             | DATE_TIME
                    {"$binary": {"subType": "80", "base64": "AQ=="}}             | BINARY
                    {"$uuid": "73ffd264-44b3-4c69-90e8-e7d1dfc035d4"}            | BINARY
                    {"$code": "f()"}                                             | JAVASCRIPT
                    {"$code": "f()", "$scope": {"a": {"$numberInt": "1"}}}       | JAVASCRIPT_WITH_SCOPE
                    {"$timestamp": {"t": 4294967295, "i": 1}}                    | TIMESTAMP
                    {"$regularExpression": {"pattern": "a", "options": "i"}}     | REGULAR_EXPRESSION
                    {"$dbPointer": {"$ref": "a", "$id": {"$oid": "57e193d7a9cc81b4027498b5"}}} | DB_POINTER
                    {"$minKey": 1}                                               | MIN_KEY
                    {"$maxKey": 1}                                               | MAX_KEY
                    {"$undefined": true}                                         | UNDEFINED
                    7                                                            | INT32
                    4294967296                                                   | INT64
                    7.0                                                          | DOUBLE
                    """)
    void theFirstKeyDeterminesTheTypeOfAValue(String json, String type) {
        assertThat(ExtendedJson.read("{\"value\": " + json + "}"))
                .extractingByKey("value")
                .extracting(BsonValue::getBsonType)
                .hasToString(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$date\": \"2014-06-18T10:00:00.001Z\"}",
                "{\"$date\": \"2014-06-18T12:00:00.001+0200\"}",
                "{\"$date\": \"2014-06-18T12:00:00.001+02:00\"}",
                "{\"$date\": 1403085600001}",
                "{\"$date\": {\"$numberLong\": \"1403085600001\"}}"
            })
    void datesOfOldToolsAreRead(String json) {
        assertThat(ExtendedJson.read("{\"at\": " + json + "}").get("at")).isEqualTo(new BsonDateTime(1403085600001L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$oid\": \"x\"}",
                "{\"$oid\": \"57e193d7a9cc81b4027498b5\", \"a\": 1}",
                "{\"$numberInt\": 7}",
                "{\"$numberInt\": \"4294967296\"}",
                "{\"$scope\": {}}",
                "{\"$code\": \"f()\", \"a\": 1}",
                "{\"$minKey\": {\"$numberInt\": \"1\"}}",
                "{\"$timestamp\": {\"t\": -1, \"i\": 1}}",
                "{\"$timestamp\": {\"t\": {\"$numberInt\": \"1\"}, \"i\": 1}}",
                "{\"$binary\": {\"base64\": \"\"}}",
                "{\"$date\": true}"
            })
    void textThatMongorestoreRefusesIsRefused(String json) {
        assertThatException().isThrownBy(() -> ExtendedJson.read("{\"value\": " + json + "}"));
    }

    @Test
    void documentsThatLookLikeExtendedJsonAreNotExact() {
        BsonDocument twin = new BsonDocument("$oid", new BsonString("57e193d7a9cc81b4027498b5"));
        BsonDocument unreadable = new BsonDocument("$oid", new BsonString("x"));

        assertThat(ExtendedJson.isReadable(twin)).isTrue();
        assertThat(ExtendedJson.isExact(new BsonDocument("value", twin))).isFalse();
        assertThat(ExtendedJson.isReadable(unreadable)).isFalse();
        assertThat(ExtendedJson.isExact(new BsonDocument("value", unreadable))).isFalse();
    }

    @Test
    void aCollectionIsTheSameAfterWritingAndReadingWhateverItsKeys() {
        int inexact = 0;
        for (int i = 0; i < 3_000; i++) {
            CollectionDescription collection = random(new Random(i));

            ArchivedCollection archived = ArchivedCollection.of("kennel", collection);

            // As BSON, where the order of keys and the sign of zero count.
            assertThat(Base64Bson.encode(archived.description()))
                    .as("seed %s: %s", i, archived.metadata())
                    .isEqualTo(Base64Bson.encode(collection));
            assertThat(archived.metadata().contains("\"bson\"")).isNotEqualTo(ArchivedCollection.isExact(collection));
            requireReadable(archived);
            inexact += ArchivedCollection.isExact(collection) ? 0 : 1;
        }
        assertThat(inexact).isBetween(300, 2_700);
    }

    /** Otherwise mongorestore refuses the whole archive. */
    private static void requireReadable(ArchivedCollection archived) {
        assertThat(new ExtendedValue(false).document(JsonParser.parse(archived.metadata())))
                .containsKey("indexes");
    }

    private static CollectionDescription random(Random random) {
        return new CollectionDescription(
                "dogs",
                CollectionType.COLLECTION,
                new BsonDocument("validator", document(random, 3)),
                List.of(
                        new BsonDocument("v", new BsonInt32(2)).append("partialFilterExpression", document(random, 2)),
                        new BsonDocument("v", new BsonInt32(2)).append("key", document(random, 1))),
                null);
    }

    private static BsonDocument document(Random random, int depth) {
        BsonDocument document = new BsonDocument();
        int fields = random.nextInt(4);
        for (int i = 0; i < fields; i++) {
            document.put(KEYS.get(random.nextInt(KEYS.size())), value(random, depth));
        }
        return document;
    }

    private static BsonValue value(Random random, int depth) {
        int kind = random.nextInt(depth > 0 ? 26 : 19);
        if (kind >= 23) {
            return new BsonArray(List.of(value(random, depth - 1), value(random, depth - 1)));
        }
        return kind >= 19 ? document(random, depth - 1) : leaf(random, kind);
    }

    private static BsonValue leaf(Random random, int kind) {
        List<String> texts = List.of("", "i", "7", "00", "57e193d7a9cc81b4027498b5", "\u0000\uD83D\uDC36\u2028\"\\");
        String text = texts.get(random.nextInt(texts.size()));
        ObjectId id = new ObjectId(random.nextInt(), random.nextInt(1 << 24));
        return switch (kind) {
            case 0 -> new BsonInt32(random.nextInt(3));
            case 1 -> new BsonInt64(random.nextLong());
            case 2 -> new BsonDouble(random.nextBoolean() ? -0.0 : Double.longBitsToDouble(random.nextInt()));
            case 3 -> new BsonDouble(random.nextBoolean() ? Double.NaN : Double.NEGATIVE_INFINITY);
            case 4 -> new BsonDecimal128(Decimal128.fromIEEE754BIDEncoding(0x3040000000000000L, random.nextInt(99)));
            case 5 -> BsonBoolean.valueOf(random.nextBoolean());
            case 6 -> new BsonDateTime(random.nextLong());
            case 7 -> new BsonObjectId(id);
            case 8 -> new BsonBinary((byte) random.nextInt(256), new byte[random.nextInt(5)]);
            case 9 -> new BsonRegularExpression("^a" + random.nextInt(9), "imsx");
            case 10 -> new BsonTimestamp(random.nextLong());
            case 11 -> new BsonJavaScript(text);
            case 12 -> new BsonJavaScriptWithScope(text, document(random, 1));
            case 13 -> new BsonSymbol(text);
            case 14 -> new BsonDbPointer("kennel.dogs", id);
            case 15 -> random.nextBoolean() ? new BsonMinKey() : new BsonMaxKey();
            case 16 -> new BsonUndefined();
            case 17 -> BsonNull.VALUE;
            default -> new BsonString(text);
        };
    }
}

package dev.monarch.engine.original;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import com.mongodb.client.MongoCollection;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;

/** A filter for a document that no one has changed also sees the types of its numbers. */
@MongoTest(topology = Topology.REPLICA_SET)
class UnchangedDocumentTests {

    private static final List<String> NAMES = List.of("a", "b", "c.d", "$e", "");

    private static final int RANDOM_DOCUMENTS = 60;

    private final MongoCollection<BsonDocument> documents;

    UnchangedDocumentTests(TestMongo mongo) {
        documents = mongo.database().getCollection("documents", BsonDocument.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{n: 1}",
                "{text: 'x', none: null, yes: true}",
                "{long: {$numberLong: '5'}, double: 6.0, decimal: {$numberDecimal: '7'}, nan: NaN}",
                "{a: {b: {c: 1, d: 'x'}}, e: 2}",
                "{list: [1, 2, 'x', null, {n: 1}]}",
                "{list: [[1, [2]], [], {a: [{b: 1}, {b: 'x'}, {}]}]}",
                "{list: [{x: 1, y: 'a'}, {x: null}, {y: 2}, 3, [4]]}",
                "{list: [{a: {b: 1}}, {a: [5, {b: 6}]}, {a: null}, {a: 'x'}, {}]}",
                "{a: {'b.c': 1, '$d': {e: 2, f: [3]}, '': 4}}",
                "{list: [{'b.c': {d: 1}}, {'b.c': null}, {}, null]}",
                "{list: [{a: {'x.y': {z: 1}}}, {a: [1]}, {a: null}]}"
            })
    void aNumberOfAnotherTypeIsSeen(String json) {
        assertThatEveryTypeIsSeen(BsonDocument.parse(json));
    }

    @Test
    void theTypesInRandomDocumentsAreSeen() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < RANDOM_DOCUMENTS; i++) {
            BsonDocument document = randomDocument(random, 4);
            assertThat(matches(document, document))
                    .as("document %s of seed %s", document, seed)
                    .isTrue();
            List<BsonValue> others = withOtherTypes(document);
            if (!others.isEmpty()) {
                BsonDocument other = others.get(random.nextInt(others.size())).asDocument();
                assertThat(matches(document, other))
                        .as("%s instead of %s of seed %s", other, document, seed)
                        .isFalse();
            }
        }
    }

    /** The server limits how deep a command is, and how long. */
    @ParameterizedTest
    @ValueSource(ints = {50, 2})
    void aDocumentWithMuchInItIsStillFound(int depth) {
        BsonValue value = new BsonInt32(1);
        for (int i = 0; i < depth; i++) {
            value = new BsonArray(List.of(value));
        }
        BsonDocument document = new BsonDocument("deep", value);
        BsonArray many = new BsonArray();
        for (int i = 0; i < 100_000 / depth; i++) {
            many.add(new BsonDouble(i));
        }
        document.append("many", many);

        assertThat(matches(document, document)).isTrue();
    }

    private void assertThatEveryTypeIsSeen(BsonDocument document) {
        assertThat(matches(document, document)).isTrue();
        for (BsonValue other : withOtherTypes(document)) {
            assertThat(matches(document, other.asDocument())).as("%s", other).isFalse();
        }
    }

    /** Tells whether the filter for a document that was read finds another one, which has the same values. */
    private boolean matches(BsonDocument read, BsonDocument stored) {
        documents.deleteMany(new BsonDocument());
        documents.insertOne(withId(stored));
        BsonDocument before = new RawBsonDocument(withId(read), new BsonDocumentCodec());
        assertThat(documents.countDocuments(UnchangedDocument.filter(before)))
                .as("the values are equal")
                .isEqualTo(1);
        return documents.countDocuments(UnchangedDocument.exactFilter(before)) == 1;
    }

    private static BsonDocument withId(BsonDocument document) {
        BsonDocument all = new BsonDocument("_id", new BsonString("x"));
        all.putAll(document);
        return all;
    }

    /** Returns the value once for each number in it and each other type of that number. */
    private static List<BsonValue> withOtherTypes(BsonValue value) {
        List<BsonValue> others = new ArrayList<>();
        if (value.isNumber()) {
            others.addAll(otherTypes(value.asNumber()));
        } else if (value.isDocument()) {
            value.asDocument()
                    .forEach((name, field) -> withOtherTypes(field)
                            .forEach(other ->
                                    others.add(value.asDocument().clone().append(name, other))));
        } else if (value.isArray()) {
            for (int i = 0; i < value.asArray().size(); i++) {
                for (BsonValue other : withOtherTypes(value.asArray().get(i))) {
                    BsonArray copy = value.asArray().clone();
                    copy.set(i, other);
                    others.add(copy);
                }
            }
        }
        return others;
    }

    private static List<BsonValue> otherTypes(BsonNumber number) {
        if (number.isDouble() && Double.isNaN(number.doubleValue())) {
            return List.of(new BsonDecimal128(Decimal128.NaN));
        }
        List<BsonValue> all = new ArrayList<>(List.of(
                new BsonInt32(number.intValue()),
                new BsonInt64(number.longValue()),
                new BsonDouble(number.doubleValue()),
                new BsonDecimal128(new Decimal128(number.longValue()))));
        all.removeIf(other -> other.getBsonType() == number.getBsonType());
        return all;
    }

    private static BsonDocument randomDocument(Random random, int depth) {
        BsonDocument document = new BsonDocument();
        for (int i = random.nextInt(4); i >= 0; i--) {
            // The server refuses some of the names at the top.
            String name = depth == 4 ? "n" + i : NAMES.get(random.nextInt(NAMES.size()));
            document.append(name, randomValue(random, depth - 1));
        }
        return document;
    }

    private static BsonValue randomValue(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 9)) {
            case 0 -> new BsonInt32(random.nextInt(100));
            case 1 -> new BsonDouble(random.nextInt(100));
            case 2 -> new BsonInt64(random.nextInt(100));
            case 3 -> random.nextBoolean() ? BsonNull.VALUE : new BsonString("x");
            case 4 -> BsonBoolean.TRUE;
            case 5, 6 -> randomDocument(random, depth);
            default -> randomArray(random, depth);
        };
    }

    private static BsonArray randomArray(Random random, int depth) {
        BsonArray array = new BsonArray();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(randomValue(random, depth - 1));
        }
        return array;
    }
}

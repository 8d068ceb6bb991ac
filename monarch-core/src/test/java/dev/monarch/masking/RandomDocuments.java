package dev.monarch.masking;

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

/** Random documents of all types, with few field names, so that rules match. */
final class RandomDocuments {

    static final List<String> NAMES =
            List.of("a", "b", "c", "d", "e", "f", "a.b", "e.f", "c.d.e", "_id", "0", "", "ä€");

    private RandomDocuments() {}

    static BsonDocument document(Random random, int depth) {
        BsonDocument document = new BsonDocument();
        int fields = random.nextInt(6);
        for (int i = 0; i < fields; i++) {
            document.append(NAMES.get(random.nextInt(NAMES.size())), value(random, depth));
        }
        return document;
    }

    private static BsonValue value(Random random, int depth) {
        int kind = random.nextInt(depth > 0 ? 30 : 20);
        if (kind >= 25) {
            BsonArray array = new BsonArray();
            int elements = random.nextInt(4);
            for (int i = 0; i < elements; i++) {
                array.add(value(random, depth - 1));
            }
            return array;
        }
        return kind >= 20 ? document(random, depth - 1) : leaf(random, kind);
    }

    private static BsonValue leaf(Random random, int kind) {
        return switch (kind) {
            case 0, 1 -> new BsonString(text(random));
            case 2 -> new BsonInt32(random.nextInt());
            case 3 -> new BsonInt64(random.nextLong());
            case 4 -> new BsonDouble(random.nextGaussian());
            case 5 -> new BsonDecimal128(new Decimal128(random.nextLong()));
            case 6 -> new BsonBoolean(random.nextBoolean());
            case 7 -> new BsonDateTime(random.nextInt());
            case 8 -> new BsonObjectId(new ObjectId(random.nextInt(), random.nextInt(1 << 24)));
            case 9 -> new BsonBinary((byte) random.nextInt(7), new byte[random.nextInt(20)]);
            case 10 -> new BsonRegularExpression(text(random), "im");
            case 11 -> new BsonTimestamp(random.nextLong());
            case 12 -> new BsonJavaScript(text(random));
            case 13 -> new BsonJavaScriptWithScope(text(random), document(random, 1));
            case 14 -> new BsonSymbol(text(random));
            case 15 -> new BsonDbPointer("some.collection", new ObjectId(random.nextInt(), 1));
            case 16 -> BsonNull.VALUE;
            case 17 -> new BsonUndefined();
            case 18 -> new BsonMinKey();
            case 19 -> new BsonMaxKey();
            default -> throw new IllegalArgumentException("No kind " + kind);
        };
    }

    private static String text(Random random) {
        String characters = "abc XYZ 0189 äß€ 漢👋 -./";
        return characters
                .substring(random.nextInt(12))
                .codePoints()
                .limit(random.nextInt(12))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}

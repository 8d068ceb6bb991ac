package dev.monarch.engine.staging;

import java.util.List;
import java.util.UUID;

import com.mongodb.MongoClientSettings;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDbPointer;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDocumentWrapper;
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
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class ZeroTimestampsTests {

    private static final BsonTimestamp ZERO = new BsonTimestamp(0);

    static List<BsonValue> values() {
        return List.of(
                new BsonDouble(0),
                new BsonString("grüße"),
                new BsonDocument("a", ZERO),
                BsonDocumentWrapper.asBsonDocument(
                                new Document("a", List.of(0, 0)), MongoClientSettings.getDefaultCodecRegistry())
                        .getArray("a"),
                new BsonBinary(UUID.randomUUID()),
                new BsonUndefined(),
                new BsonObjectId(new ObjectId("000000000000000000000000")),
                BsonBoolean.FALSE,
                new BsonDateTime(0),
                BsonNull.VALUE,
                new BsonRegularExpression("", "i"),
                new BsonDbPointer("db.c", new ObjectId()),
                new BsonJavaScript("0"),
                new BsonSymbol("s"),
                new BsonJavaScriptWithScope("0", new BsonDocument("a", ZERO)),
                new BsonInt32(0),
                new BsonTimestamp(0, 1),
                new BsonInt64(0),
                new BsonDecimal128(Decimal128.POSITIVE_ZERO),
                new BsonMinKey(),
                new BsonMaxKey());
    }

    @ParameterizedTest
    @MethodSource("values")
    void aZeroTimestampIsFoundAfterValuesOfEveryType(BsonValue before) {
        assertThat(isIn(new BsonDocument("before", before).append("z", ZERO))).isTrue();
        assertThat(isIn(new BsonDocument("before", before).append("z", new BsonTimestamp(1, 0))))
                .isFalse();
    }

    @Test
    void aZeroTimestampIsFoundInADocumentWithAllTypes() {
        BsonDocument all = new BsonDocument();
        values().forEach(value -> all.append("f" + all.size(), value));
        assertThat(isIn(all)).isFalse();
        assertThat(isIn(all.append("z", ZERO))).isTrue();
    }

    @Test
    void invalidLengthsDoNotLeadBeyondTheDocument() {
        byte[] lying = bytes(new BsonDocument("s", new BsonString("text")).append("z", ZERO));
        for (int length : new int[] {-1_000, Integer.MIN_VALUE, Integer.MAX_VALUE, 1_000}) {
            lying[7] = (byte) length;
            lying[8] = (byte) (length >> 8);
            lying[9] = (byte) (length >> 16);
            lying[10] = (byte) (length >> 24);
            assertThat(ZeroTimestamps.isIn(new RawBsonDocument(lying)))
                    .as("length %d", length)
                    .isFalse();
        }
    }

    @Test
    void aZeroTimestampIsFoundInOneOfSeveralDocuments() {
        byte[] one = bytes(new BsonDocument("z", ZERO));
        byte[] many = new byte[7 + one.length + 9];
        System.arraycopy(one, 0, many, 7, one.length);
        assertThat(ZeroTimestamps.isIn(new RawBsonDocument(many, 7, one.length)))
                .isTrue();
    }

    private static boolean isIn(BsonDocument document) {
        return ZeroTimestamps.isIn(new RawBsonDocument(bytes(document)));
    }

    private static byte[] bytes(BsonDocument document) {
        RawBsonDocument raw = new RawBsonDocument(document, new BsonDocumentCodec());
        byte[] bytes = new byte[raw.getByteLength()];
        raw.getByteBuffer().get(bytes);
        return bytes;
    }
}

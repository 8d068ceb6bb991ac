package dev.monarch.queryset;

import java.util.List;
import java.util.Random;

import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The set of fingerprints in a file. */
class FingerprintSetTests {

    private final ScratchFiles files = new ScratchFiles();

    @AfterEach
    void close() {
        files.close();
    }

    @Test
    void aFingerprintIsNewOnceWhileTheTableGrows() {
        FingerprintSet set = new FingerprintSet(files);
        Random random = new Random(7);
        long[] fingerprints = random.longs(100_000).toArray();

        for (int i = 0; i < fingerprints.length; i += 2) {
            assertThat(set.add(fingerprints[i], fingerprints[i + 1])).isTrue();
        }
        for (int i = 0; i < fingerprints.length; i += 2) {
            assertThat(set.add(fingerprints[i], fingerprints[i + 1])).isFalse();
            assertThat(set.add(fingerprints[i], ~fingerprints[i + 1])).isTrue();
        }
    }

    @Test
    void fingerprintsWithTheSameSlotAreDistinct() {
        FingerprintSet set = new FingerprintSet(files);

        for (int i = 0; i < 1_000; i++) {
            assertThat(set.add(-1, i)).isTrue();
            assertThat(set.add((long) i << 32, 5)).isTrue();
        }
        assertThat(set.add(-1, 999)).isFalse();
        assertThat(set.add(0, 0)).isTrue();
        assertThat(set.add(0, 0)).isFalse();
    }

    @Test
    void equalNumbersOfDifferentTypesAreOneValue() {
        List<List<BsonValue>> equal = List.of(
                List.of(
                        new BsonInt32(5),
                        new BsonInt64(5),
                        new BsonDouble(5),
                        decimal("5"),
                        decimal("5.00"),
                        decimal("0.5E1")),
                List.of(new BsonInt32(0), new BsonDouble(-0.0), decimal("-0"), decimal("0E+10")),
                List.of(new BsonDouble(2.5), decimal("2.50")),
                List.of(new BsonInt64(Long.MAX_VALUE), decimal("9223372036854775807")),
                List.of(new BsonDouble(0x1p63), decimal("9223372036854775808")),
                List.of(new BsonInt64(Long.MIN_VALUE), new BsonDouble(-0x1p63), decimal("-9223372036854775808")),
                List.of(new BsonDouble(0.1)),
                List.of(decimal("0.1")),
                List.of(new BsonDouble(Double.NaN), decimal("NaN")),
                List.of(new BsonDouble(Double.POSITIVE_INFINITY), decimal("Infinity")),
                List.of(new BsonDouble(Double.NEGATIVE_INFINITY), decimal("-Infinity")),
                List.of(decimal("1E+6144")),
                List.of(BsonDocument.parse("{a: 1, b: [2]}"), BsonDocument.parse("{a: 1.0, b: [{$numberLong: '2'}]}")),
                List.of(BsonDocument.parse("{b: [2], a: 1}")),
                List.of(BsonDocument.parse("{a: 1, b: 2}")),
                List.of(BsonDocument.parse("{a: {b: 2}}")));
        SeenValues seen = new SeenValues(files);

        for (List<BsonValue> values : equal) {
            assertThat(seen.add(values.get(0))).as("%s", values.get(0)).isTrue();
            assertThat(values).as("equal values are already in the set").noneMatch(seen::add);
        }
    }

    private static BsonDecimal128 decimal(String text) {
        return new BsonDecimal128(Decimal128.parse(text));
    }
}

package dev.monarch.engine.staging;

import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Converts keys of indexes that servers before 3.4 accepted. For these servers, every value that is neither a
 * negative number nor a string meant ascending.
 *
 * @see <a href="https://github.com/mongodb/mongo-tools/blob/master/common/bsonutil/indexes.go">ConvertLegacyIndexKeys
 *     of mongorestore</a>
 */
final class LegacyIndexKey {

    /** mongorestore treats smaller numbers as zero. */
    private static final double ZERO_THRESHOLD = 1e-9;

    private static final BsonInt32 ASCENDING = new BsonInt32(1);

    private LegacyIndexKey() {}

    /** Returns the key as servers from 3.4 on accept it. If they accept it already, the result is equal. */
    static BsonDocument converted(BsonDocument key) {
        BsonDocument converted = new BsonDocument();
        key.forEach((field, value) -> converted.put(field, converted(value)));
        return converted;
    }

    private static BsonValue converted(BsonValue value) {
        if (value instanceof BsonString word) {
            return word.getValue().isEmpty() ? ASCENDING : value;
        }
        if (!(value instanceof BsonNumber number)) {
            return ASCENDING;
        }
        if (value instanceof BsonDecimal128 decimal) {
            return isZero(decimal) ? ASCENDING : value;
        }
        double size = number.doubleValue();
        if (value instanceof BsonDouble && Math.abs(size) < ZERO_THRESHOLD) {
            return size < 0 ? new BsonInt32(-1) : ASCENDING;
        }
        return size == 0 ? ASCENDING : value;
    }

    private static boolean isZero(BsonDecimal128 decimal) {
        return decimal.getValue().isFinite() && decimal.getValue().doubleValue() == 0;
    }
}

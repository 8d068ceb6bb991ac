package dev.monarch.engine.masking;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.bson.BsonType;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/** A view of one value in a batch. It is moved from value to value to avoid allocations. */
final class RawValue {

    private static final VarHandle INT64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The maximum number of digits of a long. */
    private static final int LONGEST_LONG = 19;

    private final RawBson bson;

    private BsonType type = BsonType.NULL;

    private int start;

    private int end;

    RawValue(RawBson bson) {
        this.bson = bson;
    }

    /** Moves to a value, whose bounds the caller has checked. */
    RawValue at(BsonType newType, int newStart, int newEnd) {
        type = newType;
        start = newStart;
        end = newEnd;
        return this;
    }

    BsonType type() {
        return type;
    }

    byte[] source() {
        return bson.bytes();
    }

    int start() {
        return start;
    }

    int length() {
        return end - start;
    }

    void requireValid() {
        bson.requireValid(type, start, end, 0);
    }

    int int32() {
        return bson.int32(start);
    }

    /** {@return a long, a time in milliseconds, or the bits of a double} */
    long int64() {
        return (long) INT64.get(source(), start);
    }

    double float64() {
        return Double.longBitsToDouble(int64());
    }

    Decimal128 decimal() {
        return Decimal128.fromIEEE754BIDEncoding((long) INT64.get(source(), start + Long.BYTES), int64());
    }

    boolean isNumber() {
        return switch (type) {
            case INT32, INT64, DOUBLE, DECIMAL128 -> true;
            default -> false;
        };
    }

    /** {@return whether the value is a whole number in the range of a long, of any type} */
    boolean isWhole() {
        return switch (type) {
            case INT32, INT64 -> true;
            case DOUBLE -> float64() == Math.rint(float64()) && Math.abs(float64()) < 0x1p63;
            case DECIMAL128 -> isWhole(exact());
            default -> false;
        };
    }

    /** Does not expand the thousands of zeros that a decimal may have. */
    private static boolean isWhole(@Nullable BigDecimal number) {
        if (number == null) {
            return false;
        }
        BigDecimal shortest = number.stripTrailingZeros();
        return shortest.scale() <= 0
                && shortest.precision() - shortest.scale() <= LONGEST_LONG
                && shortest.toBigInteger().bitLength() < Long.SIZE;
    }

    long whole() {
        return switch (type) {
            case INT32 -> int32();
            case INT64 -> int64();
            case DOUBLE -> (long) float64();
            case DECIMAL128 -> Objects.requireNonNull(exact()).longValue();
            default -> throw new IllegalStateException("No number is of type " + type);
        };
    }

    /** {@return the exact value of a number of any type; null if it is not finite} */
    @Nullable
    BigDecimal exact() {
        return switch (type) {
            case INT32 -> BigDecimal.valueOf(int32());
            case INT64 -> BigDecimal.valueOf(int64());
            case DOUBLE -> Double.isFinite(float64()) ? new BigDecimal(float64()) : null;
            case DECIMAL128 -> exact(decimal());
            default -> null;
        };
    }

    /** Converts the absolute value, because BigDecimal has no negative zero. */
    private static @Nullable BigDecimal exact(Decimal128 decimal) {
        if (!decimal.isFinite()) {
            return null;
        }
        BigDecimal absolute = Decimal128.fromIEEE754BIDEncoding(decimal.getHigh() & Long.MAX_VALUE, decimal.getLow())
                .bigDecimalValue();
        return decimal.isNegative() ? absolute.negate() : absolute;
    }

    /** {@return the name of a number that is not finite} */
    String notFinite() {
        return Double.toString(type == BsonType.DOUBLE ? float64() : decimal().doubleValue());
    }

    /** {@return whether the value is a string or a symbol} */
    boolean isText() {
        return type == BsonType.STRING || type == BsonType.SYMBOL;
    }

    boolean isEmptyText() {
        return isText() && length() == Integer.BYTES + 1;
    }

    String text() {
        return new String(source(), start + Integer.BYTES, length() - Integer.BYTES - 1, StandardCharsets.UTF_8);
    }
}

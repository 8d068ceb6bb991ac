package dev.monarch.engine.masking;

import java.math.BigDecimal;
import java.math.BigInteger;

import org.bson.BsonType;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * Masks numbers by others with the same sign and as many digits before and after the point.
 *
 * <p>Whole ones are masked alike whatever their type. What is no finite number stays, for it says nothing.
 */
public record SameSizeNumber(KeyedDigest digest) implements ValueMask {

    private static final long EXPONENT_AND_SIGN = 0xfffL << 52;

    private static final int MOST_DECIMALS = 9;

    @Override
    public @Nullable BsonType mask(RawValue value, BatchRewriter output) {
        if (!value.isNumber()) {
            return null;
        }
        if (value.isWhole()) {
            return output.putWhole(whole(value.whole(), digest.random(value)), value.type());
        }
        BigDecimal exact = value.exactly();
        if (exact == null) {
            output.put(value.source(), value.start(), value.length());
        } else if (value.type() == BsonType.DOUBLE) {
            output.putDouble(fraction(value.float64(), digest.random(value)));
        } else {
            output.putDecimal(fraction(exact.stripTrailingZeros(), digest.random(value)));
        }
        return value.type();
    }

    /** Makes an int of every int, of whatever type it is: equal numbers of all types have to stay equal. */
    private static long whole(long number, SeededRandom random) {
        boolean negative = number < 0;
        long size = negative ? -Math.max(number, -Long.MAX_VALUE) : number;
        long largestInt = negative ? -(long) Integer.MIN_VALUE : Integer.MAX_VALUE;
        long power = power(size);
        long least = power == 1 && !negative ? 0 : power;
        long greatest = power > Long.MAX_VALUE / 10 ? Long.MAX_VALUE : power * 10 - 1;
        long other = random.between(least, size <= largestInt ? Math.min(greatest, largestInt) : greatest);
        return negative ? -other : other;
    }

    /** Returns the smallest number with as many digits, taking nought for one digit. */
    private static long power(long size) {
        long power = 1;
        while (power <= size / 10) {
            power *= 10;
        }
        return power;
    }

    /** As many decimals as before if they are few: it looks like a price and is one. Else as large as before. */
    private static double fraction(double number, SeededRandom random) {
        double power = 1;
        for (int decimals = 1; decimals <= MOST_DECIMALS; decimals++) {
            power *= 10;
            double shifted = Math.rint(number * power);
            if (Math.abs(shifted) < 0x1p53 && shifted / power == number) {
                return whole((long) shifted, random) / power;
            }
        }
        long bits = Double.doubleToRawLongBits(number);
        return Double.longBitsToDouble(bits & EXPONENT_AND_SIGN | random.next() & ~EXPONENT_AND_SIGN);
    }

    private static Decimal128 fraction(BigDecimal number, SeededRandom random) {
        StringBuilder digits = new StringBuilder(number.precision());
        digits.append(1 + random.below(9));
        while (digits.length() < number.precision()) {
            digits.append(random.below(10));
        }
        BigInteger unscaled = new BigInteger(digits.toString());
        return new Decimal128(new BigDecimal(number.signum() < 0 ? unscaled.negate() : unscaled, number.scale()));
    }
}

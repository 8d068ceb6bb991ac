package dev.monarch.engine.masking;

import java.math.BigDecimal;
import java.math.BigInteger;

import org.bson.BsonType;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * Replaces numbers by numbers with the same sign and the same number of digits before and after the point.
 *
 * <p>Equal whole numbers of different types have equal replacements. NaN and infinities do not change.
 */
public record SameSizeNumber(KeyedDigest digest) implements ValueMask {

    private static final long EXPONENT_AND_SIGN = 0xfffL << 52;

    private static final int MAX_DECIMALS = 9;

    @Override
    public @Nullable BsonType mask(RawValue value, BatchRewriter output) {
        if (!value.isNumber()) {
            return null;
        }
        if (value.isWhole()) {
            return output.putWhole(whole(value.whole(), digest.random(value)), value.type());
        }
        BigDecimal exact = value.exact();
        if (exact == null) {
            output.put(value.source(), value.start(), value.length());
        } else if (value.type() == BsonType.DOUBLE) {
            output.putDouble(fraction(value.float64(), digest.random(value)));
        } else {
            output.putDecimal(fraction(exact.stripTrailingZeros(), digest.random(value)));
        }
        return value.type();
    }

    /**
     * A number in the range of an int stays in that range, whatever its type, so that equal numbers of all types stay
     * equal.
     */
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

    /** {@return the smallest number with the same number of digits; 1 for zero} */
    private static long power(long size) {
        long power = 1;
        while (power <= size / 10) {
            power *= 10;
        }
        return power;
    }

    /** Keeps the number of decimals if it is at most nine, for values such as prices; otherwise only the magnitude. */
    private static double fraction(double number, SeededRandom random) {
        double power = 1;
        for (int decimals = 1; decimals <= MAX_DECIMALS; decimals++) {
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

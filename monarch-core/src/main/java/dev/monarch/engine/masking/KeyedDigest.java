package dev.monarch.engine.masking;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import javax.crypto.Mac;

import org.bson.BsonType;

/**
 * Computes the HMAC of a value. Values that MongoDB considers equal have the same HMAC: numbers of any type, strings
 * and symbols.
 *
 * <p>Each masker has its own purpose in the HMAC, so that the output of one masker reveals nothing about that of
 * another.
 */
public final class KeyedDigest {

    /** Replaces the type of whole numbers. */
    private static final byte INTEGRAL = 'i';

    private static final byte OTHER_NUMBER = 'n';

    private final Mac mac;

    private final byte[] purpose;

    private final byte[] integral = new byte[1 + Long.BYTES];

    public KeyedDigest(Mac mac, String purpose) {
        this.mac = mac;
        this.purpose = (purpose + '\0').getBytes(StandardCharsets.UTF_8);
        integral[0] = INTEGRAL;
    }

    byte[] of(RawValue value) {
        mac.update(purpose);
        switch (value.type()) {
            case INT32, INT64, DOUBLE, DECIMAL128 -> number(value);
            case SYMBOL -> typed(BsonType.STRING, value);
            default -> typed(value.type(), value);
        }
        return mac.doFinal();
    }

    SeededRandom random(RawValue value) {
        return new SeededRandom(of(value));
    }

    private void number(RawValue value) {
        if (value.isWhole()) {
            integral(value.whole());
            return;
        }
        BigDecimal exact = value.exact();
        other(exact == null ? value.notFinite() : exact.stripTrailingZeros().toString());
    }

    private void integral(long number) {
        for (int i = 0; i < Long.BYTES; i++) {
            integral[1 + i] = (byte) (number >>> (Byte.SIZE * i));
        }
        mac.update(integral);
    }

    private void other(String number) {
        mac.update(OTHER_NUMBER);
        mac.update(number.getBytes(StandardCharsets.US_ASCII));
    }

    private void typed(BsonType type, RawValue value) {
        mac.update((byte) type.getValue());
        mac.update(value.source(), value.start(), value.length());
    }
}

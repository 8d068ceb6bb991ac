package dev.monarch.masking;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that masked values depend on: with the same key the same value is masked alike, today and next year.
 *
 * <p>Who knows the key can try out values and see which of them was masked, so it is as secret as the data. It is never
 * written anywhere, and {@link #toString()} does not show it. Immutable.
 */
public final class MaskingKey {

    /** What stands against trying out keys. */
    private static final int FEWEST_BYTES = 16;

    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] secret;

    private MaskingKey(byte[] secret) {
        if (secret.length < FEWEST_BYTES) {
            throw new IllegalArgumentException("A masking key needs at least " + FEWEST_BYTES + " bytes, but has "
                    + secret.length + "; take a long random one.");
        }
        this.secret = secret;
    }

    /**
     * Creates a key from a text.
     *
     * @param secret at least 16 bytes of UTF-8, hard to guess
     * @return the key
     * @throws IllegalArgumentException if it is too short
     */
    public static MaskingKey of(String secret) {
        return new MaskingKey(secret.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Creates a key from bytes.
     *
     * @param secret at least 16 bytes, which are copied
     * @return the key
     * @throws IllegalArgumentException if it is too short
     */
    public static MaskingKey of(byte[] secret) {
        return new MaskingKey(secret.clone());
    }

    /**
     * Creates a key that nobody knows, for a single run: within it equal values stay equal, with any other they differ.
     *
     * @return another key each time
     */
    public static MaskingKey random() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return new MaskingKey(secret);
    }

    /**
     * Creates what computes HMACs under this key, for one thread at a time; it does not reveal the secret.
     *
     * @return an initialised HMAC
     */
    public Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java lacks " + ALGORITHM + ", which every Java has to have", e);
        }
    }

    /**
     * Returns a text without the secret.
     *
     * @return the same text for all keys
     */
    @Override
    public String toString() {
        return "MaskingKey[hidden]";
    }
}

package dev.monarch.masking;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret on which masked values depend. With the same key, a value always has the same replacement.
 *
 * <p>Anyone who knows the key can guess the original of a masked value, so it is as sensitive as the data. Monarch
 * never writes it, and {@link #toString()} does not show it. Immutable.
 */
public final class MaskingKey {

    /** Prevents guessing the key by brute force. */
    private static final int FEWEST_BYTES = 16;

    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] secret;

    private MaskingKey(byte[] secret) {
        if (secret.length < FEWEST_BYTES) {
            throw new IllegalArgumentException("A masking key needs at least " + FEWEST_BYTES + " bytes, but has "
                    + secret.length + "; use a long random one.");
        }
        this.secret = secret;
    }

    /**
     * Creates a key from a string.
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
     * Creates a random key for a single run. Equal values stay equal within the run, but differ in other runs.
     *
     * @return a new key
     */
    public static MaskingKey random() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return new MaskingKey(secret);
    }

    /**
     * Creates an HMAC with this key, for one thread at a time. It does not reveal the secret.
     *
     * @return an initialized HMAC
     */
    public Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java platform does not support " + ALGORITHM, e);
        }
    }

    /** {@return a text without the secret} */
    @Override
    public String toString() {
        return "MaskingKey[hidden]";
    }
}

package dev.monarch.engine;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Creates SHA-256 digests (FIPS 180-4). {@link MessageDigest} requires every Java platform to support it. */
public final class Sha256 {

    private Sha256() {}

    /** {@return a new digest} */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform supports SHA-256", e);
        }
    }
}

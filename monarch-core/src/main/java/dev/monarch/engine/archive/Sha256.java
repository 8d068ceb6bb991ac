package dev.monarch.engine.archive;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, which every Java has (FIPS 180-4; {@link MessageDigest} names it among those that must be there). */
public final class Sha256 {

    private Sha256() {}

    /**
     * Begins a digest.
     *
     * @return a new digest
     */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}

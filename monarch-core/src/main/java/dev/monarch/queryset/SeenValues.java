package dev.monarch.queryset;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.bson.BsonValue;

/**
 * A set of values, stored as half of the SHA-256 of their {@link CanonicalBytes}. Its size is not limited by memory.
 */
final class SeenValues {

    private final FingerprintSet fingerprints;

    private final MessageDigest digest = sha256();

    SeenValues(ScratchFiles files) {
        this.fingerprints = new FingerprintSet(files);
    }

    /** Adds a value. Returns whether it is new. */
    boolean add(BsonValue value) {
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(CanonicalBytes.of(value)));
        return fingerprints.add(hash.getLong(), hash.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform supports SHA-256", e);
        }
    }
}

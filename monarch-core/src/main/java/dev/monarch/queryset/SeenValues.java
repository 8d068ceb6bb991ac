package dev.monarch.queryset;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

import org.bson.BsonValue;

import dev.monarch.engine.Sha256;

/**
 * A set of values, stored as half of the SHA-256 of their {@link CanonicalBytes}. Its size is not limited by memory.
 */
final class SeenValues {

    private final FingerprintSet fingerprints;

    private final MessageDigest digest = Sha256.begin();

    SeenValues(ScratchFiles files) {
        this.fingerprints = new FingerprintSet(files);
    }

    /** Adds a value. Returns whether it is new. */
    boolean add(BsonValue value) {
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(CanonicalBytes.of(value)));
        return fingerprints.add(hash.getLong(), hash.getLong());
    }
}

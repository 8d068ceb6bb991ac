package dev.monarch.queryset;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.bson.BsonValue;

/** Remembers which values it has seen, by half of the SHA-256 of their {@link CanonicalBytes}, however many they are. */
final class SeenValues {

    private final FingerprintSet fingerprints;

    private final MessageDigest digest = sha256();

    SeenValues(ScratchFiles files) {
        this.fingerprints = new FingerprintSet(files);
    }

    /** Remembers a value and tells whether it is new. */
    boolean add(BsonValue value) {
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(CanonicalBytes.of(value)));
        return fingerprints.add(hash.getLong(), hash.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

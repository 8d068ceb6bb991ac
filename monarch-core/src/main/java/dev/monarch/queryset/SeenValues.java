package dev.monarch.queryset;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

import org.bson.BsonValue;

import dev.monarch.archive.Sha256;

/** Remembers which values it has seen, by half of the SHA-256 of their {@link CanonicalBytes}, however many they are. */
final class SeenValues {

    private final FingerprintSet fingerprints;

    private final MessageDigest digest = Sha256.begin();

    SeenValues(ScratchFiles files) {
        this.fingerprints = new FingerprintSet(files);
    }

    /** Remembers a value and tells whether it is new. */
    boolean add(BsonValue value) {
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(CanonicalBytes.of(value)));
        return fingerprints.add(hash.getLong(), hash.getLong());
    }
}

package dev.monarch.masking;

import java.time.Duration;
import java.util.function.Function;
import javax.crypto.Mac;

import dev.monarch.engine.masking.KeyedDigest;
import dev.monarch.engine.masking.TextMask;
import dev.monarch.engine.masking.ValueMask;
import dev.monarch.engine.masking.ValueMasker;

/** A masker based on a keyed digest of the value and the masker's description. */
record KeyedMasker(String description, Function<KeyedDigest, ValueMask> mask) implements Masker, ValueMasker {

    /** The longest distance, about a thousand years. */
    static final Duration LONGEST_MOVE = Duration.ofDays(365_000);

    static Masker texts(String description, TextMask.Replacement replacement) {
        return new KeyedMasker(description, digest -> new TextMask(digest, replacement));
    }

    @Override
    public ValueMask under(Mac mac) {
        return mask.apply(new KeyedDigest(mac, description));
    }

    @Override
    public String toString() {
        return description;
    }
}

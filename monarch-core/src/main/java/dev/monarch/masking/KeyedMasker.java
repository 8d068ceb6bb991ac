package dev.monarch.masking;

import java.time.Duration;
import java.util.function.Function;
import javax.crypto.Mac;

import dev.monarch.engine.masking.KeyedDigest;
import dev.monarch.engine.masking.TextMask;
import dev.monarch.engine.masking.ValueMask;
import dev.monarch.engine.masking.ValueMasker;

/** A masker by a digest of the value and its own description under a key. */
record KeyedMasker(String description, Function<KeyedDigest, ValueMask> mask) implements Masker, ValueMasker {

    /** Nobody moves a date further, and no date overflows. */
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

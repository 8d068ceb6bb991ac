package dev.monarch.engine.masking;

import javax.crypto.Mac;

import dev.monarch.masking.Masker;

/** The engine's side of a {@link Masker}: every masker is one. */
public interface ValueMasker {

    /** Returns what masks values under a key, for one thread at a time. */
    ValueMask under(Mac mac);

    /** Returns the engine's side of a masker. */
    static ValueMasker of(Masker masker) {
        return (ValueMasker) masker;
    }
}

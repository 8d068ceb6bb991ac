package dev.monarch.engine.masking;

import javax.crypto.Mac;

import dev.monarch.masking.Masker;

/** The internal interface of every {@link Masker}. */
public interface ValueMasker {

    /** {@return the mask for a key, for one thread at a time} */
    ValueMask under(Mac mac);

    /** {@return the internal interface of a masker} */
    static ValueMasker of(Masker masker) {
        return (ValueMasker) masker;
    }
}

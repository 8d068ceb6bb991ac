package dev.monarch.engine.staging;

import org.jspecify.annotations.Nullable;

/** Carries the reason why an index cannot be built. It never leaves this package. */
final class UnbuildableIndexException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnbuildableIndexException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }

    /** {@return a clause that names the index, the key and the documents} */
    String reason() {
        return String.valueOf(getMessage());
    }
}

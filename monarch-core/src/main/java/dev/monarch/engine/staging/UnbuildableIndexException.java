package dev.monarch.engine.staging;

import org.jspecify.annotations.Nullable;

/** Carries why an index cannot be built to where the operation fails; it never leaves this package. */
final class UnbuildableIndexException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnbuildableIndexException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }

    /** A clause that names index, key and documents. */
    String reason() {
        return String.valueOf(getMessage());
    }
}

package dev.monarch.queryset;

import org.jspecify.annotations.Nullable;

/**
 * Replaces an exception whose message contains a secret. It keeps the type, the redacted message, the stack trace and
 * the causes.
 */
final class RedactedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Deeper causes are omitted, which also ends cycles. */
    private static final int MAX_DEPTH = 20;

    RedactedException(Throwable thrown, Secrets secrets) {
        this(thrown, secrets, 0);
    }

    private RedactedException(Throwable thrown, Secrets secrets, int depth) {
        super(secrets.redact(String.valueOf(thrown)), cause(thrown.getCause(), secrets, depth));
        setStackTrace(thrown.getStackTrace());
        if (depth < MAX_DEPTH) {
            for (Throwable suppressed : thrown.getSuppressed()) {
                addSuppressed(new RedactedException(suppressed, secrets, depth + 1));
            }
        }
    }

    private static @Nullable Throwable cause(@Nullable Throwable cause, Secrets secrets, int depth) {
        return cause == null || depth == MAX_DEPTH ? null : new RedactedException(cause, secrets, depth + 1);
    }

    /** {@return the text of the original exception, for stack traces} */
    @Override
    public String toString() {
        return String.valueOf(getMessage());
    }
}

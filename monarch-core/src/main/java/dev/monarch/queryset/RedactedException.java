package dev.monarch.queryset;

import org.jspecify.annotations.Nullable;

/** Stands for an exception that tells a secret: its type, its message without the secret, its stack trace and causes. */
final class RedactedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Deeper causes are left out, those that lead in a circle among them. */
    private static final int DEEPEST = 20;

    RedactedException(Throwable thrown, Secrets secrets) {
        this(thrown, secrets, 0);
    }

    private RedactedException(Throwable thrown, Secrets secrets, int depth) {
        super(secrets.hiddenIn(String.valueOf(thrown)), cause(thrown.getCause(), secrets, depth));
        setStackTrace(thrown.getStackTrace());
        if (depth < DEEPEST) {
            for (Throwable suppressed : thrown.getSuppressed()) {
                addSuppressed(new RedactedException(suppressed, secrets, depth + 1));
            }
        }
    }

    private static @Nullable Throwable cause(@Nullable Throwable cause, Secrets secrets, int depth) {
        return cause == null || depth == DEEPEST ? null : new RedactedException(cause, secrets, depth + 1);
    }

    /** Reads in a stack trace as the exception that it stands for. */
    @Override
    public String toString() {
        return String.valueOf(getMessage());
    }
}

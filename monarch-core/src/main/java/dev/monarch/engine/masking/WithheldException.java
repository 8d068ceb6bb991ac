package dev.monarch.engine.masking;

/**
 * Replaces an exception whose message may contain a value. It has the original's type as message, and its stack
 * trace.
 */
final class WithheldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WithheldException(RuntimeException thrown) {
        super(thrown.getClass().getName());
        setStackTrace(thrown.getStackTrace());
    }
}

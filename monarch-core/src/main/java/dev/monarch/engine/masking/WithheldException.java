package dev.monarch.engine.masking;

/** Stands for an exception whose message may hold a value: its type, and where it came from. */
final class WithheldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WithheldException(RuntimeException thrown) {
        super(thrown.getClass().getName());
        setStackTrace(thrown.getStackTrace());
    }
}

package dev.monarch.engine.staging;

/** Thrown when a step of a swap would destroy something unexpected. */
final class BlockedStepException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BlockedStepException(SwapStep step) {
        super(
                step.staging() == null || step.kind() == SwapStep.Kind.CREATE_VIEW
                        ? "'" + step.target() + "' was created by another client after the swap was planned"
                        : "'" + step.target() + "' or the data loaded for it ('" + step.staging()
                                + "') was created, replaced or removed by another client after the swap was planned");
    }
}

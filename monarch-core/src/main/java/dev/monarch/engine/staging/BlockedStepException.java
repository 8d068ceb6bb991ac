package dev.monarch.engine.staging;

/** Thrown when a step of a swap would destroy what it did not expect to find. */
final class BlockedStepException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BlockedStepException(SwapStep step) {
        super(
                step.staging() == null || step.kind() == SwapStep.Kind.CREATE_VIEW
                        ? "'" + step.target() + "' was created by others after the swap had been planned"
                        : "'" + step.target() + "' or what was loaded for it ('" + step.staging()
                                + "') was created, replaced or removed by others after the swap had been planned");
    }
}

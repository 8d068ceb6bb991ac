package dev.monarch.engine.transfer;

import java.util.function.Function;

import dev.monarch.engine.environment.ObservedOperation;
import dev.monarch.transfer.TransferProgress;
import dev.monarch.transfer.TransferProgress.TransferListener;

/**
 * An operation that transfers data, and whose progress its caller and an observer receive.
 *
 * @param operation the operation
 * @param caller the listener of the caller
 */
public record ObservedTransfer(ObservedOperation operation, TransferListener caller) {

    /**
     * Runs the operation.
     *
     * @param work the operation, which reports its progress to the listener that it is given
     * @return its result
     * @param <R> the type of its result
     */
    public <R> R run(Function<TransferListener, R> work) {
        return operation.run(() -> work.apply(listener()));
    }

    /**
     * Runs the operation. Its pace can be changed meanwhile.
     *
     * @param pace the pace
     * @param work the operation, which reports its progress to the listener that it is given
     * @return its result
     * @param <R> the type of its result
     */
    public <R> R run(TransferPace pace, Function<TransferListener, R> work) {
        PacedOperation paced = new PacedOperation(operation.operation(), pace);
        return operation.run(() -> paced.run(() -> work.apply(listener())));
    }

    private TransferListener listener() {
        return operation.isObserved() ? this::forward : caller;
    }

    private void forward(TransferProgress progress) {
        operation.progressed(
                progress.phase(),
                progress.documents(),
                progress.bytes(),
                progress.expectedBytes().orElse(-1L));
        caller.onProgress(progress);
    }
}

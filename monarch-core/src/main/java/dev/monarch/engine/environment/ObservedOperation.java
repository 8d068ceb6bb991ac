package dev.monarch.engine.environment;

import java.util.function.BiFunction;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.EnvironmentRegistry.Operation;
import dev.monarch.environment.EnvironmentRegistry.OperationEvent;
import dev.monarch.environment.EnvironmentRegistry.OperationListener;

/** An operation whose steps a listener receives. An exception of the listener is logged. */
public final class ObservedOperation {

    private static final Logger log = LoggerFactory.getLogger(ObservedOperation.class);

    private final OperationListener listener;

    private final Operation operation;

    private ObservedOperation(OperationListener listener, Operation operation) {
        this.listener = listener;
        this.operation = operation;
    }

    /**
     * Creates an operation that the listener of a registry observes.
     *
     * @param environments the registry
     * @param kind what the operation does
     * @param environment the environment that it reads or changes; null if it touches no environment
     * @param subject what it reads; null if it reads the environment
     * @return the operation, which has not started
     */
    public static ObservedOperation in(
            EnvironmentRegistry environments,
            Operation.Kind kind,
            @Nullable String environment,
            @Nullable String subject) {
        return new ObservedOperation(environments.listener(), Operation.of(kind, environment, subject));
    }

    /**
     * Creates an operation that a listener observes.
     *
     * @param listener the listener
     * @param kind what the operation does
     * @param environment the environment that it changes
     * @param subject what it runs
     * @return the operation, which has not started
     */
    public static ObservedOperation by(
            OperationListener listener, Operation.Kind kind, String environment, String subject) {
        return new ObservedOperation(listener, Operation.of(kind, environment, subject));
    }

    /** {@return whether there is a listener} */
    public boolean isObserved() {
        return listener != OperationListener.NONE;
    }

    /** {@return the operation, as its events have it} */
    public Operation operation() {
        return operation;
    }

    /**
     * Runs the operation. The listener receives its start and its end.
     *
     * @param work the operation
     * @return its result
     * @param <R> the type of its result
     */
    public <R> R run(Supplier<R> work) {
        return run(work, OperationEvent.Succeeded::new);
    }

    /**
     * Runs an operation whose result says how it ended. The listener receives its start and its end.
     *
     * @param work the operation
     * @param end makes the last event from the result
     * @return its result
     * @param <R> the type of its result
     */
    public <R> R run(Supplier<R> work, BiFunction<Operation, R, OperationEvent> end) {
        publish(new OperationEvent.Started(operation));
        R result;
        try {
            result = work.get();
        } catch (RuntimeException | Error e) {
            publish(new OperationEvent.Failed(operation, e));
            throw e;
        }
        publish(end.apply(operation, result));
        return result;
    }

    /**
     * Reports progress to the listener.
     *
     * @param phase the current phase, in one or two words
     * @param documents the number of documents so far
     * @param bytes their size
     * @param expectedBytes the expected size of all; -1 if unknown
     */
    public void progressed(String phase, long documents, long bytes, long expectedBytes) {
        publish(new OperationEvent.Progressed(operation, phase, documents, bytes, expectedBytes));
    }

    private void publish(OperationEvent event) {
        try {
            listener.onEvent(event);
        } catch (RuntimeException e) {
            log.warn("An operation listener failed on {}; the operation continues", event, e);
        }
    }
}

package dev.monarch.spring.boot.observation;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/** What is known of an observed operation. */
public final class MonarchObservationContext extends Observation.Context {

    private final String operation;

    private final @Nullable String environment;

    private final @Nullable String subject;

    private volatile @Nullable Object result;

    /**
     * Creates a context.
     *
     * @param operation what is done: {@code run}, {@code migration}, {@code backup} and so on
     * @param environment the environment that it reads or changes; null if it touches no environment
     * @param subject what it reads or runs: a migration, a backup, a schedule; null if it reads the environment
     */
    public MonarchObservationContext(String operation, @Nullable String environment, @Nullable String subject) {
        this.operation = operation;
        this.environment = environment;
        this.subject = subject;
    }

    /** {@return what is done} */
    public String operation() {
        return operation;
    }

    /** {@return the environment that it reads or changes; null if it touches no environment} */
    public @Nullable String environment() {
        return environment;
    }

    /** {@return what it reads or runs; null if it reads the environment} */
    public @Nullable String subject() {
        return subject;
    }

    /** {@return what it returned; null if it has not ended, has failed, or returns nothing} */
    public @Nullable Object result() {
        return result;
    }

    void setResult(@Nullable Object result) {
        this.result = result;
    }
}

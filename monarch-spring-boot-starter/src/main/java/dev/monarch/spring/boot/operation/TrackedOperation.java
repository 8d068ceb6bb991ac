package dev.monarch.spring.boot.operation;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An operation of this process.
 *
 * @param id identifies it
 * @param kind what it does: {@code backup}, {@code restore}, {@code migration} and so on
 * @param environment the environment that it reads or changes; null if it touches no environment
 * @param subject what it reads or runs: a backup, the source of a copy, a migration; null if it reads the environment
 * @param started when it started, on the clock of this process
 * @param progress how far it has come; null if it has not reported that
 * @param end how it ended; null if it is running
 */
public record TrackedOperation(
        UUID id,
        String kind,
        @Nullable String environment,
        @Nullable String subject,
        Instant started,
        @Nullable OperationProgress progress,
        @Nullable OperationEnd end) {

    static TrackedOperation started(
            UUID id, String kind, @Nullable String environment, @Nullable String subject, Instant now) {
        return new TrackedOperation(id, kind, environment, subject, now, null, null);
    }

    TrackedOperation at(OperationProgress current) {
        return new TrackedOperation(id, kind, environment, subject, started, current, end);
    }

    TrackedOperation ended(OperationEnd how) {
        return new TrackedOperation(id, kind, environment, subject, started, progress, how);
    }

    /**
     * How far an operation has come.
     *
     * @param text what it is doing; empty if it does not say
     * @param done how much is done, in its unit
     * @param total how much there is to do; null if unknown
     * @param unit {@code bytes}, {@code documents}, or null for the unit of a migration
     */
    public record OperationProgress(
            String text,
            long done,
            @Nullable Long total,
            @Nullable String unit) {}

    /**
     * How an operation ended.
     *
     * @param at when, on the clock of this process
     * @param result what it created, such as the name of a backup; null if it failed or created nothing with a name
     * @param error what it threw, in one line without credentials; null if it succeeded
     */
    public record OperationEnd(
            Instant at, @Nullable String result, @Nullable String error) {}
}

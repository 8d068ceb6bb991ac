package dev.monarch.spring.boot.actuate;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** An object inside a response of the endpoint. As in {@link EndpointBody}, a component that is null is left out. */
public sealed interface EndpointPart {

    /**
     * An environment.
     *
     * @param name its name
     * @param own whether it is the application's own
     * @param hosts its hosts; null if its connection is not usable
     * @param database its database; null if its connection is not usable
     * @param exposure LOOPBACK, REMOTE or PROTECTED, as the guard sees it; null if its connection is not usable
     * @param migrated whether the application migrates it when it starts
     * @param migrations its migrations in numbers, if it is migrated and not the own one; null if it cannot be reached
     * @param problem why its connection is not usable, or why it cannot be reached; null if nothing is wrong
     */
    record KnownEnvironment(
            String name,
            boolean own,
            @Nullable List<String> hosts,
            @Nullable String database,
            @Nullable String exposure,
            boolean migrated,
            @Nullable MigrationCounts migrations,
            @Nullable String problem)
            implements EndpointPart {}

    /**
     * Migrations in numbers.
     *
     * @param applied how many are applied
     * @param pending how many the next run would start
     * @param failed how many failed or were interrupted
     * @param newest the one that was applied last; null if there is none
     */
    record MigrationCounts(
            int applied, int pending, int failed, @Nullable String newest) implements EndpointPart {}

    /**
     * A migration in an environment.
     *
     * @param id its id
     * @param state its state, as {@code dev.monarch.migration.MigrationStatus.State} names it
     * @param pending whether the next run would start it
     * @param at since when it has this state; null if it never ran
     * @param tookMillis how long its last call took; null if it did not end
     * @param attempts how often it has been started since it last succeeded
     * @param host the process that ran it; null if it never ran
     * @param error what its last call threw; null if nothing
     * @param stack the stack trace of that; null if nothing
     * @param reason the reason that a user gave; null if none
     */
    record MigrationState(
            String id,
            String state,
            boolean pending,
            @Nullable Instant at,
            @Nullable Long tookMillis,
            int attempts,
            @Nullable String host,
            @Nullable String error,
            @Nullable String stack,
            @Nullable String reason)
            implements EndpointPart {}

    /**
     * A backfill in an environment.
     *
     * @param id its id
     * @param state its state, as {@code dev.monarch.backfill.BackfillStatus.State} names it
     * @param collection the collection whose documents it changes; null if it was never started
     * @param pass the number of the current pass
     * @param examined how many documents the current pass has read
     * @param total the estimated number of documents in the collection
     * @param changed how many documents it has changed
     * @param setAside how many documents could not be changed
     * @param documentsPerSecond how many documents it examines per second; null if it is not running
     * @param leftSeconds how long the current pass will still take; null if unknown
     * @param dutyCycle the share of time in which it works; null if unlimited
     * @param maxDocumentsPerSecond how many documents it may change per second; null if unlimited
     * @param host the process that runs it; null if none does
     * @param started when it was first started; null if it never was
     * @param finished when it ended; null if it has not
     * @param error why it failed; null if it did not
     */
    record BackfillState(
            String id,
            String state,
            @Nullable String collection,
            int pass,
            long examined,
            long total,
            long changed,
            long setAside,
            @Nullable Double documentsPerSecond,
            @Nullable Long leftSeconds,
            @Nullable Double dutyCycle,
            @Nullable Long maxDocumentsPerSecond,
            @Nullable String host,
            @Nullable Instant started,
            @Nullable Instant finished,
            @Nullable String error)
            implements EndpointPart {}

    /**
     * The holder of a lock.
     *
     * @param host its process
     * @param purpose what it does
     * @param since when it acquired the lock
     * @param alive whether its lease has not expired
     */
    record Holder(String host, String purpose, Instant since, boolean alive) implements EndpointPart {}

    /**
     * A restore or copy that has not ended.
     *
     * @param host the process that started it
     * @param purpose what it is
     * @param since when it started
     * @param done how many steps of the replacement are done
     * @param total how many steps there are
     * @param interrupted whether no one is working on it
     */
    record UnfinishedSwap(String host, String purpose, Instant since, int done, int total, boolean interrupted)
            implements EndpointPart {}

    /**
     * A backup.
     *
     * @param name its name
     * @param environment the name of its environment
     * @param database the name of its database
     * @param created when it started
     * @param collections the number of collections and views
     * @param documents the number of documents
     * @param bytes their size, uncompressed
     * @param storedBytes the size in the store
     * @param compression its compression
     * @param consistency its consistency
     * @param partial whether it contains only a part of the database
     */
    record Backup(
            String name,
            String environment,
            String database,
            Instant created,
            int collections,
            long documents,
            long bytes,
            long storedBytes,
            String compression,
            String consistency,
            boolean partial)
            implements EndpointPart {}

    /**
     * A schedule.
     *
     * @param id identifies it
     * @param environment the environment that it backs up
     * @param store the store; null for the default one
     * @param next the next due time; null if there is none
     * @param last its latest run; null if there was none
     */
    record Schedule(
            String id,
            String environment,
            @Nullable String store,
            @Nullable Instant next,
            @Nullable LastRun last) implements EndpointPart {}

    /**
     * The latest run of a schedule.
     *
     * @param state RUNNING, ENDED or INTERRUPTED
     * @param due its due time
     * @param started when it started
     * @param attempts how often the due time was attempted
     * @param host the process that runs it or ran it
     * @param outcome the outcome, as text; null if it has not ended
     */
    record LastRun(
            String state,
            Instant due,
            Instant started,
            int attempts,
            String host,
            @Nullable String outcome) implements EndpointPart {}

    /**
     * An operation of this process.
     *
     * @param id identifies it
     * @param kind what it does
     * @param environment the environment that it reads or changes; null if it touches none
     * @param subject what it reads or runs: a backup, an environment or a migration; null if it reads the environment
     * @param started when it started
     * @param ended when it ended; null if it is running
     * @param pace its current pace, in words; null if it has none, or has ended
     * @param progress how far it has come; null if unknown
     * @param result what it created; null if it is running, failed, or created nothing with a name
     * @param error what it threw; null if nothing
     */
    record OperationState(
            String id,
            String kind,
            @Nullable String environment,
            @Nullable String subject,
            Instant started,
            @Nullable Instant ended,
            @Nullable String pace,
            @Nullable Progress progress,
            @Nullable String result,
            @Nullable String error)
            implements EndpointPart {}

    /**
     * How far an operation has come.
     *
     * @param text what it is doing
     * @param done how much is done
     * @param total how much there is to do; null if unknown
     * @param unit {@code bytes} or {@code documents}; null for the unit of a migration
     */
    record Progress(
            String text,
            long done,
            @Nullable Long total,
            @Nullable String unit) implements EndpointPart {}
}

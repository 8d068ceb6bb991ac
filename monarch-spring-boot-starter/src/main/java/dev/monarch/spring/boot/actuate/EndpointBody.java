package dev.monarch.spring.boot.actuate;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

import dev.monarch.spring.boot.actuate.EndpointPart.BackfillState;
import dev.monarch.spring.boot.actuate.EndpointPart.Backup;
import dev.monarch.spring.boot.actuate.EndpointPart.Holder;
import dev.monarch.spring.boot.actuate.EndpointPart.KnownEnvironment;
import dev.monarch.spring.boot.actuate.EndpointPart.MigrationCounts;
import dev.monarch.spring.boot.actuate.EndpointPart.MigrationState;
import dev.monarch.spring.boot.actuate.EndpointPart.OperationState;
import dev.monarch.spring.boot.actuate.EndpointPart.Schedule;
import dev.monarch.spring.boot.actuate.EndpointPart.UnfinishedSwap;

/**
 * A response of the endpoint. The components are the fields of the JSON; a component that is null is left out.
 * docs/actuator.md has an example of each.
 */
public sealed interface EndpointBody extends OperationResponseBody {

    /**
     * The environments, and the state of the application's own.
     *
     * @param version the version of Monarch
     * @param environment the name of the own environment
     * @param environments all environments
     * @param stores the names of the stores for backups; the first one is the default
     * @param migrations the migrations of the own environment in numbers; null if it cannot be reached
     * @param lock who holds its lock; null if no one does, or if it cannot be reached
     * @param swap a replacement that has not ended; null if there is none, or if it cannot be reached
     * @param running the number of operations that are running in this process
     * @param problem why the own environment cannot be reached; null if it can
     */
    record Summary(
            String version,
            String environment,
            List<KnownEnvironment> environments,
            List<String> stores,
            @Nullable MigrationCounts migrations,
            @Nullable Holder lock,
            @Nullable UnfinishedSwap swap,
            int running,
            @Nullable String problem)
            implements EndpointBody {}

    /**
     * The migrations of an environment.
     *
     * @param environment the name of the environment
     * @param pending how many the next run would start
     * @param migrations each migration that the code or the history knows, in the order of their ids
     */
    record Migrations(String environment, int pending, List<MigrationState> migrations) implements EndpointBody {}

    /**
     * The lock of an environment.
     *
     * @param environment the name of the environment
     * @param holder who holds it; null if it is free
     */
    record Lock(String environment, @Nullable Holder holder) implements EndpointBody {}

    /**
     * The backups in a store.
     *
     * @param store the name of the store
     * @param backups the complete backups, the newest first
     */
    record Backups(String store, List<Backup> backups) implements EndpointBody {}

    /**
     * The backfills of an environment, whichever process runs them.
     *
     * @param environment the name of the environment
     * @param backfills each backfill that the code or the environment knows, in the order of their ids
     */
    record Backfills(String environment, List<BackfillState> backfills) implements EndpointBody {}

    /**
     * A backfill that was paused or resumed.
     *
     * @param environment the name of the environment
     * @param backfill its state now
     */
    record ControlledBackfill(String environment, BackfillState backfill) implements EndpointBody {}

    /**
     * The schedules of this application.
     *
     * @param schedules each schedule
     */
    record Schedules(List<Schedule> schedules) implements EndpointBody {}

    /**
     * What this process is doing.
     *
     * @param running the operations that are running, the oldest first
     * @param ended the last operations that ended, the newest first
     */
    record Operations(List<OperationState> running, List<OperationState> ended) implements EndpointBody {}

    /**
     * An operation that was started. Its progress and its result are below {@code operations}.
     *
     * @param operation the operation
     * @param environment the environment that the request names; null if it names none
     * @param store the store that the request names; null if it names none
     * @param backup the backup that the request names; null if it names none
     */
    record Started(
            String operation,
            @Nullable String environment,
            @Nullable String store,
            @Nullable String backup) implements EndpointBody {}

    /**
     * A running operation whose pace was changed.
     *
     * @param id the id of the operation
     * @param pace its new pace, in words
     */
    record Paced(String id, String pace) implements EndpointBody {}

    /**
     * An error.
     *
     * @param problem what is wrong
     * @param next what to do; null if nothing is known
     */
    record Problem(String problem, @Nullable String next) implements EndpointBody {}
}

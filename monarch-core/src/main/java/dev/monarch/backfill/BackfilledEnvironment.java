package dev.monarch.backfill;

import java.util.List;
import java.util.function.Supplier;

import dev.monarch.InvalidRequestException;
import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.engine.backfill.BackfillRecords;
import dev.monarch.engine.original.KeptOriginals;
import dev.monarch.engine.server.OperationFailure;
import dev.monarch.environment.MonarchEnvironment;

/**
 * An environment with its backfills.
 *
 * @param environment the environment
 * @param backfills the backfills of the application
 * @param settings how they run
 */
record BackfilledEnvironment(MonarchEnvironment environment, BackfillSet backfills, BackfillSettings settings) {

    BackfillRecords records() {
        return new BackfillRecords(environment, settings.scope());
    }

    KeptOriginals originals() {
        return new KeptOriginals(environment, settings.scope());
    }

    /** Runs an operation on the server, and translates exceptions of the driver. */
    <T> T translated(String operation, Supplier<T> work) {
        return OperationFailure.translated(operation, environment.name(), work);
    }

    void translated(String operation, Runnable work) {
        translated(operation, () -> {
            work.run();
            return true;
        });
    }

    InvalidRequestException unknown(String id) {
        return refused("find", id, "There is no backfill of this id.");
    }

    InvalidRequestException refused(String request, String id, String problem) {
        return new InvalidRequestException(environment.name(), request + " backfill '" + id + "'", List.of(problem));
    }
}

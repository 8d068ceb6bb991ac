package dev.monarch.rehearsal;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.MonarchException;
import dev.monarch.copy.CopyRequest;
import dev.monarch.copy.CopyService;
import dev.monarch.copy.CopyService.CopyReport;
import dev.monarch.engine.Checks;
import dev.monarch.engine.server.OperationFailure;
import dev.monarch.engine.staging.ScratchDatabase;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.MigrationPlan.PlannedMigration;
import dev.monarch.migration.MigrationStatus;
import dev.monarch.migration.Migrator;
import dev.monarch.replacement.DatabaseRemoval;

/**
 * Runs the pending migrations of an environment on a copy of it, reports the result, and drops the copy.
 *
 * <p>The source is only read. Safe for use by several threads, each with a different scratch environment.
 */
public final class RehearsalService {

    private static final String OPERATION = "rehearse on";

    private static final Logger log = LoggerFactory.getLogger(RehearsalService.class);

    private final EnvironmentRegistry environments;

    private final CopyService copies;

    private final Migrator migrator;

    private final DatabaseRemoval removal;

    private final String historyCollection;

    /**
     * Creates a service. Environments are opened on first use.
     *
     * @param environments the possible sources and scratch environments
     * @param copies makes the copy
     * @param migrator runs the migrations
     * @param removal drops the copy
     * @param historyCollection the migration history collection
     */
    public RehearsalService(
            EnvironmentRegistry environments,
            CopyService copies,
            Migrator migrator,
            DatabaseRemoval removal,
            String historyCollection) {
        this.environments = environments;
        this.copies = copies;
        this.migrator = migrator;
        this.removal = removal;
        this.historyCollection = historyCollection;
    }

    /**
     * Runs a rehearsal. The report says whether a migration failed.
     *
     * @param request the source, the scratch environment and the options
     * @return the result
     * @throws dev.monarch.UnknownEnvironmentException if there is no such environment
     * @throws dev.monarch.OperationRefusedException if the scratch environment is protected, is not empty, or is on the
     *     source's cluster
     * @throws dev.monarch.InvalidMigrationsException if the scratch environment is not the application's own, and a
     *     migration accesses the application's own database through an injected bean
     * @throws dev.monarch.TransferFailedException if the copy could not be made, or a server does not answer
     */
    public RehearsalReport rehearse(RehearsalRequest request) {
        MonarchEnvironment source = environments.get(request.source());
        MonarchEnvironment scratch = environments.get(request.scratch());
        return OperationFailure.translated(OPERATION, scratch.name(), () -> rehearse(request, source, scratch));
    }

    private RehearsalReport rehearse(RehearsalRequest request, MonarchEnvironment source, MonarchEnvironment scratch) {
        Migrator onScratch = scratch.name().equals(migrator.environment().name()) ? migrator : migrator.on(scratch);
        try (ScratchDatabase database = ScratchDatabase.in(OPERATION, scratch, removal)) {
            if (!request.allowsSourceCluster()) {
                database.requireOtherClusterThan(source);
            }
            CopyRequest copy = CopyRequest.of(source.name(), scratch.name())
                    .withQuerySet(request.querySet())
                    .paced(request.pace())
                    .reportingTo(request.listener());
            CopyReport copied = copies.copy(request.allowsEmpty() ? copy.allowingEmpty() : copy, Approval.confirmed());
            return migrate(onScratch, copied);
        }
    }

    private RehearsalReport migrate(Migrator onScratch, CopyReport copied) {
        MonarchEnvironment scratch = onScratch.environment();
        DatabaseOutline before = DatabaseOutline.of(scratch.ownDatabase(), historyCollection);
        Set<String> pending =
                onScratch.plan().pending().stream().map(PlannedMigration::id).collect(Collectors.toSet());
        long begun = System.nanoTime();
        String problem = problemOf(onScratch);
        Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
        List<MigrationStatus> migrations = onScratch.status().stream()
                .filter(status -> pending.contains(status.id()))
                .toList();
        List<String> changes = before.changesTo(DatabaseOutline.of(scratch.ownDatabase(), historyCollection));
        log.info(
                "Rehearsed {} migrations of '{}' on '{}' in {} s: {}",
                migrations.size(),
                copied.source(),
                scratch.name(),
                elapsed.toMillis() / 1000.0,
                problem == null ? "all succeeded" : problem);
        return new RehearsalReport(copied.source(), scratch.name(), copied, migrations, problem, changes, elapsed);
    }

    private static @Nullable String problemOf(Migrator onScratch) {
        try {
            onScratch.migrate();
            return null;
        } catch (MonarchException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /**
     * The result of a rehearsal.
     *
     * @param source the environment whose migrations were rehearsed
     * @param scratch the scratch environment, which is empty again
     * @param copied the result of the copy
     * @param migrations the status of each migration that was pending, with its duration and error
     * @param problem why the run failed; null if it succeeded
     * @param changes the changes to the database, as sentences
     * @param elapsed the total duration of the migrations
     */
    public record RehearsalReport(
            String source,
            String scratch,
            CopyReport copied,
            List<MigrationStatus> migrations,
            @Nullable String problem,
            List<String> changes,
            Duration elapsed) {

        /**
         * Creates a report.
         *
         * @throws IllegalArgumentException if {@code source} or {@code scratch} is blank, or {@code elapsed} is negative
         */
        public RehearsalReport {
            Checks.notBlank("source", source);
            Checks.notBlank("scratch", scratch);
            Checks.notNegative("elapsed", elapsed);
            migrations = List.copyOf(migrations);
            changes = List.copyOf(changes);
        }

        /**
         * Tells whether the rehearsal succeeded.
         *
         * @return false if a migration failed or could not be run
         */
        public boolean ok() {
            return problem == null;
        }
    }
}

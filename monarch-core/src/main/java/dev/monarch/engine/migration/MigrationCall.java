package dev.monarch.engine.migration;

import java.util.Objects;
import java.util.function.Function;

import com.mongodb.client.ClientSession;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.MongoDatabaseFactory;

import dev.monarch.LockLostException;
import dev.monarch.engine.history.Attempt;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.migration.Migration.OnInterrupted;
import dev.monarch.migration.MigrationContext;
import dev.monarch.migration.MigrationEvent.MigrationListener;
import dev.monarch.migration.MigrationSet;
import dev.monarch.migration.MigrationSet.RegisteredMigration;
import dev.monarch.migration.Migrator.MigrationSurroundings;
import dev.monarch.migration.MongoMigration;

/** Calls a migration's own code, and records in the history how it ended. */
final class MigrationCall {

    private final LockedRun run;

    private final String scope;

    private final MigrationSet migrations;

    private final MigrationListener listener;

    private final SessionDatabases databases;

    private final @Nullable MongoDatabaseFactory applicationDatabases;

    /**
     * Creates it.
     *
     * @param scope the scope of the history
     */
    MigrationCall(
            LockedRun run,
            String scope,
            MigrationSet migrations,
            MigrationListener listener,
            MigrationSurroundings surroundings) {
        this.run = run;
        this.scope = scope;
        this.migrations = migrations;
        this.listener = listener;
        this.databases = SessionDatabases.of(run.environment(), run.session().session(), surroundings);
        this.applicationDatabases = surroundings.databases();
    }

    /** A migration's {@code up} or {@code down}. */
    @FunctionalInterface
    interface Code {
        void call(MongoMigration migration, MigrationContext context) throws Exception;
    }

    /**
     * Calls a migration's code and records how it ended.
     *
     * @param id the migration
     * @param code its {@code up} or {@code down}
     * @param attempt the attempt, which has started
     * @param thrown makes the exception for the caller if the code throws
     */
    void run(String id, Code code, Attempt attempt, Function<Throwable, RuntimeException> thrown) {
        RegisteredMigration migration = migrations.find(id).orElseThrow();
        RunContext context = contextFor(migration);
        boolean transactional = migration.policy().transactional();
        try {
            run.work().run(() -> {
                if (transactional) {
                    inTransaction(migration, context, code, attempt);
                } else {
                    code.call(migration.migration(), context);
                }
            });
        } catch (Throwable e) {
            throw failure(e, migration, attempt, thrown);
        }
        run.lock().ensureHeld();
        if (!transactional) {
            attempt.succeed();
        }
    }

    private void inTransaction(RegisteredMigration migration, RunContext context, Code code, Attempt attempt)
            throws Exception {
        ClientSession session = Objects.requireNonNull(run.session().session());
        TransactionLifetime lifetime =
                new TransactionLifetime(run.environment().ownClient().getDatabase("admin"));
        new MigrationTransaction(session, applicationDatabases, lifetime).run(() -> {
            code.call(migration.migration(), context);
            attempt.succeedIn(session);
        });
    }

    private RunContext contextFor(RegisteredMigration migration) {
        return new RunContext(
                run,
                scope,
                databases,
                migration,
                new ReportedProgress(run.environment().name(), migration.id(), listener),
                run.entry(migration.id()).map(HistoryEntry::checkpoint).orElse(null));
    }

    /** Records a failure, unless the lock is lost: then the history belongs to another run. */
    private RuntimeException failure(
            Throwable error,
            RegisteredMigration migration,
            Attempt attempt,
            Function<Throwable, RuntimeException> thrown) {
        try {
            run.lock().ensureHeld();
            boolean interrupted =
                    run.work().isStopped() || Thread.currentThread().isInterrupted();
            if (error instanceof InterruptedException && !run.work().isStopped()) {
                // An interrupt from outside: the caller must see it. That of a lost lock or a stop has had its effect.
                Thread.currentThread().interrupt();
            }
            record(error, interrupted, migration, attempt);
        } catch (LockLostException lost) {
            if (lost != error) {
                lost.addSuppressed(error);
            }
            return lost;
        } catch (RuntimeException unwritten) {
            unwritten.addSuppressed(error);
            return unwritten;
        }
        return thrown.apply(error);
    }

    /** A migration that requires manual intervention after an interruption must not look like one that may run again. */
    private void record(Throwable error, boolean interrupted, RegisteredMigration migration, Attempt attempt) {
        boolean ended = run.lock().endOwnWork();
        if (interrupted && migration.policy().onInterrupted() == OnInterrupted.MANUAL) {
            attempt.interrupt(error, ended);
        } else {
            attempt.fail(error, ended);
        }
    }
}

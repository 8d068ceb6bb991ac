package dev.monarch.migration;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

import com.mongodb.client.ClientSession;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.MongoDatabaseFactory;

import dev.monarch.LockLostException;
import dev.monarch.migration.history.EntryChange;
import dev.monarch.migration.history.HistoryEntry;

/** Calls a migration's own code, and sees to it that what came of it is entered into the history. */
final class MigrationCall {

    private final LockedRun run;

    private final MigrationSet migrations;

    private final MigrationListener listener;

    private final SessionDatabases databases;

    private final @Nullable MongoDatabaseFactory applicationDatabases;

    MigrationCall(
            LockedRun run, MigrationSet migrations, MigrationListener listener, MigrationSurroundings surroundings) {
        this.run = run;
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
     * What may come of a call.
     *
     * @param done what becomes of the entry if it returns
     * @param failed what becomes of the entry if it throws
     * @param thrown what the caller gets if it throws
     */
    record Outcome(
            Supplier<EntryChange> done,
            Function<Throwable, EntryChange> failed,
            Function<Throwable, RuntimeException> thrown) {}

    void run(String id, Code code, Outcome outcome) {
        RegisteredMigration migration = migrations.get(id);
        RunContext context = contextFor(migration);
        boolean transactional = migration.policy().transactional();
        try {
            run.work().run(() -> {
                if (transactional) {
                    inTransaction(migration, context, code, outcome);
                } else {
                    code.call(migration.migration(), context);
                }
            });
        } catch (Throwable e) {
            throw failure(id, e, outcome);
        }
        run.lock().ensureHeld();
        if (!transactional) {
            run.history().write(id, outcome.done().get());
        }
    }

    private void inTransaction(RegisteredMigration migration, RunContext context, Code code, Outcome outcome)
            throws Exception {
        ClientSession session = Objects.requireNonNull(run.session().session());
        TransactionLifetime lifetime =
                new TransactionLifetime(run.environment().ownClient().getDatabase("admin"));
        new MigrationTransaction(session, applicationDatabases, lifetime).run(() -> {
            code.call(migration.migration(), context);
            run.history().writeIn(session, migration.id(), outcome.done().get());
        });
    }

    private RunContext contextFor(RegisteredMigration migration) {
        return new RunContext(
                run,
                databases,
                migration,
                new ReportedProgress(run.environment().name(), migration.id(), listener),
                run.entry(migration.id()).map(HistoryEntry::checkpoint).orElse(null));
    }

    /** Enters a failure into the history, unless the lock is lost: then the history is somebody else's. */
    private RuntimeException failure(String id, Throwable error, Outcome outcome) {
        try {
            run.lock().ensureHeld();
            if (error instanceof InterruptedException) {
                // Somebody else's interrupt: the caller must know. That of a lost lock has done its work.
                Thread.currentThread().interrupt();
            }
            EntryChange failed = outcome.failed().apply(error);
            run.history().write(id, run.lock().endOwnWork() ? failed.withNothingAtWork() : failed);
        } catch (LockLostException lost) {
            if (lost != error) {
                lost.addSuppressed(error);
            }
            return lost;
        } catch (RuntimeException unwritten) {
            unwritten.addSuppressed(error);
            return unwritten;
        }
        return outcome.thrown().apply(error);
    }
}

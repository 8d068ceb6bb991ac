package dev.monarch.engine.migration;

import java.util.Optional;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import dev.monarch.engine.backfill.RecordedChange;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.MigrationContext;
import dev.monarch.migration.MigrationContext.MigrationProgress;
import dev.monarch.migration.MigrationSet.RegisteredMigration;

/** The context of one call of a migration. */
final class RunContext implements MigrationContext {

    private final LockedRun run;

    private final SessionDatabases databases;

    private final RegisteredMigration migration;

    private final MigrationProgress progress;

    private final String scope;

    private @Nullable BsonValue checkpoint;

    RunContext(
            LockedRun run,
            String scope,
            SessionDatabases databases,
            RegisteredMigration migration,
            MigrationProgress progress,
            @Nullable BsonValue checkpoint) {
        this.run = run;
        this.scope = scope;
        this.databases = databases;
        this.migration = migration;
        this.progress = progress;
        this.checkpoint = checkpoint;
    }

    @Override
    public MongoDatabase database() {
        requireNoOtherTransaction();
        return databases.database();
    }

    @Override
    public MongoOperations template() {
        requireNoOtherTransaction();
        return databases.template();
    }

    /**
     * Spring binds the session of its transaction under the factory. In a transactional migration that is the run's
     * session.
     */
    private void requireNoOtherTransaction() {
        boolean spring = TransactionSynchronizationManager.getResourceMap().keySet().stream()
                .anyMatch(MongoDatabaseFactory.class::isInstance);
        if (spring && !migration.policy().transactional()) {
            throw new IllegalStateException("Migration '" + migration.id()
                    + "' runs in a Spring transaction (@Transactional, or a TransactionTemplate), but calls through"
                    + " its context do not: use @Migration(transactional = true) instead");
        }
    }

    @Override
    public @Nullable ClientSession session() {
        return run.session().session();
    }

    @Override
    public MonarchEnvironment environment() {
        return run.environment();
    }

    @Override
    public RecordingCollection recording(String collection) {
        RecordedChange recorded = new RecordedChange(run.environment(), scope, migration.id(), database(), run.lock());
        return (filter, change) -> recorded.apply(collection, filter, change);
    }

    @Override
    public void ensureLock() {
        run.lock().ensureHeld();
    }

    @Override
    public void checkpoint(Object value) {
        if (migration.policy().transactional()) {
            throw new IllegalStateException("Migration '" + migration.id()
                    + "' is transactional: it is applied as a whole or not at all, and cannot store checkpoints");
        }
        ensureLock();
        BsonValue kept = format().write(value);
        run.history().checkpoint(migration.id(), kept);
        checkpoint = kept;
    }

    @Override
    public <T> Optional<T> lastCheckpoint(Class<T> type) {
        if (checkpoint == null) {
            return Optional.empty();
        }
        return Optional.of(format().read(checkpoint, type));
    }

    private CheckpointFormat format() {
        return new CheckpointFormat(databases.database().getCodecRegistry(), databases.converter());
    }

    @Override
    public MigrationProgress progress() {
        return progress;
    }
}

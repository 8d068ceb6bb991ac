package dev.monarch.migration;

import java.util.Objects;
import java.util.Optional;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.codecs.DecoderContext;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;

import dev.monarch.environment.MonarchEnvironment;

/** What one call of a migration works with. */
final class RunContext implements MigrationContext {

    private static final String VALUE = "value";

    private final LockedRun run;

    private final SessionDatabases databases;

    private final RegisteredMigration migration;

    private final MigrationProgress progress;

    private @Nullable BsonValue checkpoint;

    RunContext(
            LockedRun run,
            SessionDatabases databases,
            RegisteredMigration migration,
            MigrationProgress progress,
            @Nullable BsonValue checkpoint) {
        this.run = run;
        this.databases = databases;
        this.migration = migration;
        this.progress = progress;
        this.checkpoint = checkpoint;
    }

    @Override
    public MongoDatabase database() {
        return databases.factory().getMongoDatabase();
    }

    @Override
    public MongoOperations template() {
        return databases.template();
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
    public void ensureLock() {
        run.lock().ensureHeld();
    }

    @Override
    public void checkpoint(Object value) {
        if (migration.policy().transactional()) {
            throw new IllegalStateException("Migration '" + migration.id()
                    + "' is transactional: it is done as a whole or not at all, and cannot keep checkpoints");
        }
        ensureLock();
        BsonValue kept = Objects.requireNonNull(new Document(VALUE, value)
                .toBsonDocument(BsonDocument.class, database().getCodecRegistry())
                .get(VALUE));
        run.history().checkpoint(migration.id(), kept);
        checkpoint = kept;
    }

    @Override
    public <T> Optional<T> lastCheckpoint(Class<T> type) {
        if (checkpoint == null) {
            return Optional.empty();
        }
        Object value = database()
                .getCodecRegistry()
                .get(Document.class)
                .decode(
                        new BsonDocumentReader(new BsonDocument(VALUE, checkpoint)),
                        DecoderContext.builder().build())
                .get(VALUE);
        return Optional.of(type.cast(Objects.requireNonNull(value)));
    }

    @Override
    public MigrationProgress progress() {
        return progress;
    }
}

package dev.monarch.migration;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoDatabase;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.convert.MongoConverter;

import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.lock.HeldLock;

/** What the migrations of one run work with. */
final class RunContext implements MigrationContext {

    private final MonarchEnvironment environment;

    private final @Nullable ClientSession session;

    private final HeldLock lock;

    private final MongoDatabaseFactory databases;

    private final MongoTemplate template;

    RunContext(MonarchEnvironment environment, RunSession session, HeldLock lock, @Nullable MongoConverter converter) {
        this.environment = environment;
        this.session = session.session();
        this.lock = lock;
        MongoDatabaseFactory unbound = new SimpleMongoClientDatabaseFactory(
                environment.client(), environment.address().database());
        this.databases = this.session != null ? unbound.withSession(this.session) : unbound;
        this.template = new MongoTemplate(databases, converter);
    }

    @Override
    public MongoDatabase database() {
        return databases.getMongoDatabase();
    }

    @Override
    public MongoOperations template() {
        return template;
    }

    @Override
    public @Nullable ClientSession session() {
        return session;
    }

    @Override
    public MonarchEnvironment environment() {
        return environment;
    }

    @Override
    public void ensureLock() {
        lock.ensureHeld();
    }
}

package dev.monarch.engine.migration;

import java.util.function.Supplier;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoDatabase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.convert.MongoConverter;
import org.springframework.data.mongodb.core.convert.NoOpDbRefResolver;
import org.springframework.data.mongodb.core.mapping.MongoMappingContext;

import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.Migrator.MigrationSurroundings;

/** An environment's database as one run sees it: each call on it bound to the run's session. */
final class SessionDatabases {

    private static final Logger log = LoggerFactory.getLogger(SessionDatabases.class);

    private final MongoDatabaseFactory databases;

    private final @Nullable ClientSession session;

    private final MigrationSurroundings surroundings;

    private final boolean asTheApplication;

    private @Nullable MongoOperations template;

    private SessionDatabases(
            MongoDatabaseFactory databases,
            @Nullable ClientSession session,
            MigrationSurroundings surroundings,
            boolean asTheApplication) {
        this.databases = databases;
        this.session = session;
        this.surroundings = surroundings;
        this.asTheApplication = asTheApplication;
    }

    static SessionDatabases of(
            MonarchEnvironment environment, @Nullable ClientSession session, MigrationSurroundings surroundings) {
        SessionConcerns concerns = SessionConcerns.of(environment.client());
        concerns.overridden().forEach(text -> log.warn("Environment '{}': {}", environment.name(), text));
        MongoDatabaseFactory unbound = new ConcernedFactory(environment, concerns);
        return new SessionDatabases(
                session != null ? unbound.withSession(session) : unbound,
                session,
                surroundings,
                concerns.overridden().isEmpty());
    }

    MongoDatabase database() {
        return databases.getMongoDatabase();
    }

    /** Asked for when a migration first wants it: one that does not is not refused because of it. */
    MongoOperations template() {
        MongoOperations known = template;
        if (known == null) {
            known = makeTemplate();
            template = known;
        }
        return known;
    }

    private MongoOperations makeTemplate() {
        Supplier<MongoOperations> application = surroundings.template();
        if (application == null) {
            return new MongoTemplate(databases);
        }
        ApplicationTemplate own = new ApplicationTemplate(application.get());
        // Its own databases have the concerns that a migration cannot have, if there are any.
        return asTheApplication && own.isOf(surroundings.databases()) ? own.in(session) : own.on(databases);
    }

    /** Returns the application's converter, or Spring Data's default where there is none, or more than one. */
    MongoConverter converter() {
        Supplier<MongoOperations> application = surroundings.template();
        if (application != null) {
            try {
                return application.get().getConverter();
            } catch (IllegalStateException undecided) {
                // Whoever asks for the template is told; a number can be kept all the same.
            }
        }
        MappingMongoConverter plain = new MappingMongoConverter(NoOpDbRefResolver.INSTANCE, new MongoMappingContext());
        plain.afterPropertiesSet();
        return plain;
    }

    /** Gives databases with concerns that a migration can have. */
    private static final class ConcernedFactory extends SimpleMongoClientDatabaseFactory {

        private final SessionConcerns concerns;

        ConcernedFactory(MonarchEnvironment environment, SessionConcerns concerns) {
            super(environment.client(), environment.address().database());
            this.concerns = concerns;
        }

        @Override
        protected MongoDatabase doGetMongoDatabase(String name) {
            return concerns.applyTo(super.doGetMongoDatabase(name));
        }
    }
}

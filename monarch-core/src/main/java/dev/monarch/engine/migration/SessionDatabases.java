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

/** Returns an environment's database and template for one run, with each call bound to the run's session. */
final class SessionDatabases {

    private static final Logger log = LoggerFactory.getLogger(SessionDatabases.class);

    private final MongoDatabaseFactory databases;

    private final @Nullable ClientSession session;

    private final MigrationSurroundings surroundings;

    private final boolean usesApplicationConcerns;

    private @Nullable MongoOperations template;

    private SessionDatabases(
            MongoDatabaseFactory databases,
            @Nullable ClientSession session,
            MigrationSurroundings surroundings,
            boolean usesApplicationConcerns) {
        this.databases = databases;
        this.session = session;
        this.surroundings = surroundings;
        this.usesApplicationConcerns = usesApplicationConcerns;
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

    /** Created on first use: a migration that does not use it does not fail because of it. */
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
        // The application's own factory may have concerns that a migration cannot use.
        return usesApplicationConcerns && own.isOf(surroundings.databases()) ? own.in(session) : own.on(databases);
    }

    /** Returns the application's converter, or Spring Data's default if there is none or more than one. */
    MongoConverter converter() {
        Supplier<MongoOperations> application = surroundings.template();
        if (application != null) {
            try {
                return application.get().getConverter();
            } catch (IllegalStateException undecided) {
                // The template reports the problem to its caller. A number can be stored anyway.
            }
        }
        MappingMongoConverter plain = new MappingMongoConverter(NoOpDbRefResolver.INSTANCE, new MongoMappingContext());
        plain.afterPropertiesSet();
        return plain;
    }

    /** Returns databases with concerns that a migration can use. */
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

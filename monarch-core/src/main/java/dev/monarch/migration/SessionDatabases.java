package dev.monarch.migration;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoDatabase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.convert.MongoConverter;

import dev.monarch.environment.MonarchEnvironment;

/** An environment's database as one run sees it: each call on it bound to the run's session. */
record SessionDatabases(MongoDatabaseFactory factory, MongoTemplate template) {

    private static final Logger log = LoggerFactory.getLogger(SessionDatabases.class);

    static SessionDatabases of(
            MonarchEnvironment environment, @Nullable ClientSession session, @Nullable MongoConverter converter) {
        SessionConcerns concerns = SessionConcerns.of(environment.client());
        concerns.overridden().forEach(text -> log.warn("Environment '{}': {}", environment.name(), text));
        MongoDatabaseFactory unbound = new ConcernedFactory(environment, concerns);
        MongoDatabaseFactory factory = session != null ? unbound.withSession(session) : unbound;
        return new SessionDatabases(factory, new MongoTemplate(factory, converter));
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

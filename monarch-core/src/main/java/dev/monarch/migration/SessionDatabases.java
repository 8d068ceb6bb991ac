package dev.monarch.migration;

import com.mongodb.client.ClientSession;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.convert.MongoConverter;

import dev.monarch.environment.MonarchEnvironment;

/** An environment's database as one run sees it: each call on it bound to the run's session. */
record SessionDatabases(MongoDatabaseFactory factory, MongoTemplate template) {

    static SessionDatabases of(
            MonarchEnvironment environment, @Nullable ClientSession session, @Nullable MongoConverter converter) {
        MongoDatabaseFactory unbound = new SimpleMongoClientDatabaseFactory(
                environment.client(), environment.address().database());
        MongoDatabaseFactory factory = session != null ? unbound.withSession(session) : unbound;
        return new SessionDatabases(factory, new MongoTemplate(factory, converter));
    }
}

package dev.monarch.engine.migration;

import com.mongodb.ClientSessionOptions;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoDatabase;
import org.springframework.core.InfrastructureProxy;
import org.springframework.dao.support.PersistenceExceptionTranslator;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/**
 * A factory that returns Monarch's session, and that Spring's transaction resources treat as the application's factory.
 *
 * <p>Spring uses the wrapped object of an {@link InfrastructureProxy} as the key of the resource that it binds.
 */
record BindingFactory(MongoDatabaseFactory application, ClientSession session)
        implements MongoDatabaseFactory, InfrastructureProxy {

    @Override
    public Object getWrappedObject() {
        return application;
    }

    @Override
    public ClientSession getSession(ClientSessionOptions options) {
        return session;
    }

    @Override
    public MongoDatabase getMongoDatabase() {
        return application.getMongoDatabase();
    }

    @Override
    public MongoDatabase getMongoDatabase(String name) {
        return application.getMongoDatabase(name);
    }

    @Override
    public PersistenceExceptionTranslator getExceptionTranslator() {
        return application.getExceptionTranslator();
    }

    @Override
    public MongoDatabaseFactory withSession(ClientSession other) {
        return application.withSession(other);
    }
}

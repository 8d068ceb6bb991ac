package dev.monarch.engine.migration;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.environment.Deployment;

/** The server session a whole run works in, where the server knows sessions. */
record RunSession(@Nullable ClientSession session) implements AutoCloseable {

    static RunSession start(MongoClient client, Deployment deployment) {
        return new RunSession(deployment.sessions() ? client.startSession() : null);
    }

    /** Returns the id under which the server knows the session, or null if it knows none. */
    @Nullable
    BsonDocument id() {
        return session != null ? session.getServerSession().getIdentifier() : null;
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }
}

package dev.monarch.engine.migration;

import com.mongodb.ClientSessionOptions;
import com.mongodb.client.ClientSession;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.environment.Deployment;
import dev.monarch.environment.MonarchEnvironment;

/** A server session of a whole run, if the server has sessions. */
record RunSession(@Nullable ClientSession session) implements AutoCloseable {

    /** Starts the session that the migrations work in. */
    static RunSession forWork(MonarchEnvironment environment, Deployment deployment) {
        return new RunSession(deployment.sessions() ? environment.client().startSession() : null);
    }

    /** Starts the session of the history's transactions: that of the migrations may be ended on the server. */
    static RunSession forHistory(MonarchEnvironment environment, Deployment deployment) {
        return new RunSession(
                deployment.transactions()
                        ? environment
                                .ownClient()
                                .startSession(ClientSessionOptions.builder()
                                        .causallyConsistent(false)
                                        .build())
                        : null);
    }

    /** Returns the id under which the server knows the session, or null if the server has no sessions. */
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

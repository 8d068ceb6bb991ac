package dev.monarch.engine.environment;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import com.mongodb.connection.ServerDescription;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

import dev.monarch.MonarchException;
import dev.monarch.TransferFailedException;
import dev.monarch.engine.server.OperationFailure;
import dev.monarch.engine.server.ServerCommand;
import dev.monarch.environment.EnvironmentAddress;
import dev.monarch.environment.MonarchEnvironment;

/** Finds out whether the server of an environment answers. */
public final class ServerContact {

    private static final String OPERATION = "reach";

    private static final BsonDocument PING = new BsonDocument("ping", new BsonInt32(1));

    private final MonarchEnvironment environment;

    private final Supplier<MongoDatabase> database;

    private ServerContact(MonarchEnvironment environment, Supplier<MongoDatabase> database) {
        this.environment = environment;
        this.database = database;
    }

    /**
     * Creates a contact that needs no connection of the application. It connects to nothing yet.
     *
     * @param environment the environment
     */
    public ServerContact(MonarchEnvironment environment) {
        this(environment, environment::ownDatabase);
    }

    /**
     * Creates a contact for an application that starts, and may have nothing else to do than a few short reads.
     *
     * @param environment the environment
     * @return the contact; it connects to nothing yet
     */
    public static ServerContact ofStart(MonarchEnvironment environment) {
        return new ServerContact(environment, environment::shortReads);
    }

    /** {@return the hosts and the database, without credentials} */
    public String place() {
        EnvironmentAddress address = environment.address();
        return String.join(",", address.hosts()) + "/" + address.database();
    }

    /**
     * Waits for an answer, as long as the settings of the client say.
     *
     * @throws TransferFailedException if there is none, or if the server refuses the connection
     */
    public void ping() {
        ping(database.get());
    }

    /**
     * Waits for an answer, but not longer than a limit, even if the settings of the client allow it.
     *
     * @param atMost the limit; at least 1 ms
     * @throws TransferFailedException if there is none, or if the server refuses the connection
     */
    public void ping(Duration atMost) {
        ping(database.get().withTimeout(Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS));
    }

    private void ping(MongoDatabase asked) {
        try {
            ServerCommand.run(asked, PING);
        } catch (MongoException e) {
            throw failure(e);
        }
    }

    private MonarchException failure(MongoException thrown) {
        MonarchException translated = OperationFailure.of(OPERATION, environment.name(), thrown);
        return translated instanceof TransferFailedException failed
                ? new TransferFailedException(OPERATION, environment.name(), place(), failed.problem(), thrown)
                : translated;
    }

    /** {@return whether the driver failed to reach every server when it last tried; asks no server} */
    public boolean isLost() {
        return environment.ownClusterDescription().getServerDescriptions().stream()
                .noneMatch(ServerDescription::isOk);
    }
}

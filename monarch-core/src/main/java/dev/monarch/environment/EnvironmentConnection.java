package dev.monarch.environment;

import java.util.Optional;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;

/** How to reach an environment: known before anything is opened, opened once when it is first needed. */
public interface EnvironmentConnection {

    /**
     * Returns where the environment lives.
     *
     * @return the address, known without connecting
     */
    EnvironmentAddress address();

    /**
     * Opens a client, which the environment keeps and closes.
     *
     * @return a new client
     */
    MongoClient open();

    /**
     * Returns the settings of that client, so that Monarch can derive a client of its own from them.
     *
     * @return the settings, or nothing if only the client is known
     */
    default Optional<MongoClientSettings> settings() {
        return Optional.empty();
    }
}

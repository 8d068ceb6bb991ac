package dev.monarch.environment;

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
}

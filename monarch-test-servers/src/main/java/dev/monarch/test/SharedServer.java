package dev.monarch.test;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that many tests use, also concurrently, and the client that drops their databases. */
final class SharedServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SharedServer.class);

    /** The server's own databases. A test may ask for a connection string to them, but they are never dropped. */
    private static final Set<String> SYSTEM_DATABASES = Set.of("admin", "config", "local");

    private final Server server;

    private final MongoClient cleaner;

    SharedServer(Server server) {
        this.server = server;
        this.cleaner = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(server.uri("admin")))
                .timeout(10, TimeUnit.SECONDS)
                .build());
    }

    Server server() {
        return server;
    }

    /** Best effort: a database that stays does not fail a test, since no other test uses its name. */
    void drop(Collection<String> databases) {
        for (String database : databases) {
            if (!SYSTEM_DATABASES.contains(database)) {
                try {
                    cleaner.getDatabase(database).drop();
                } catch (MongoException | IllegalArgumentException e) {
                    log.warn("the test database {} on {} was not dropped", database, server.description(), e);
                }
            }
        }
    }

    @Override
    public void close() {
        try (server) {
            cleaner.close();
        }
    }
}

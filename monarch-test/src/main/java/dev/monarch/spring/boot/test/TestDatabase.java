package dev.monarch.spring.boot.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;

/** A database with a new name, which is dropped when its context closes. */
final class TestDatabase implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(TestDatabase.class);

    /** Often the server stops before the last context closes, and the driver would wait half a minute for it. */
    private static final Duration TIME_TO_DROP = Duration.ofSeconds(2);

    private final MongoClient client;

    private final String name;

    TestDatabase(MongoClient client, String prefix) {
        this.client = client;
        this.name = prefix + UUID.randomUUID().toString().substring(0, 8);
    }

    String name() {
        return name;
    }

    MongoClient client() {
        return client;
    }

    MongoDatabase database() {
        return client.getDatabase(name);
    }

    MonarchEnvironment environment(String as) {
        return MonarchEnvironment.using(as, Protection.OFF, client, name);
    }

    /** Drops its views and collections. Dropping the database would take longer, and a sharded one its shard, too. */
    void clear() {
        List<String> collections = database().listCollectionNames().into(new ArrayList<>());
        collections.stream()
                .filter(collection -> !collection.startsWith("system."))
                .forEach(collection -> database().getCollection(collection).drop());
    }

    @Override
    public void destroy() {
        try {
            database()
                    .withTimeout(TIME_TO_DROP.toMillis(), TimeUnit.MILLISECONDS)
                    .drop();
        } catch (MongoException e) {
            log.debug("Could not drop the test database '{}'", name, e);
        }
    }
}

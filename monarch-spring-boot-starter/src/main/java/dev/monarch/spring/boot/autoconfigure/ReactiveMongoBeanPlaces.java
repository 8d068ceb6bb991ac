package dev.monarch.spring.boot.autoconfigure;

import java.util.List;
import java.util.Objects;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.ReactiveMongoDatabaseFactory;
import org.springframework.data.mongodb.ReactiveMongoTransactionManager;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;

import dev.monarch.environment.EnvironmentAddress;

/**
 * Finds the server and database that a reactive bean uses. A separate class, because the reactive driver is
 * optional.
 */
final class ReactiveMongoBeanPlaces {

    private ReactiveMongoBeanPlaces() {}

    static MongoPlace of(Object bean) {
        if (bean instanceof MongoClient client) {
            return MongoPlace.of(hostsOf(client), null);
        }
        if (bean instanceof ReactiveMongoDatabaseFactory factory) {
            return ofFactory(factory);
        }
        if (bean instanceof ReactiveMongoTemplate template) {
            return ofFactory(template.getMongoDatabaseFactory());
        }
        if (bean instanceof ReactiveMongoTransactionManager transactions) {
            ReactiveMongoDatabaseFactory factory = transactions.getDatabaseFactory();
            return factory != null ? ofFactory(factory) : MongoPlace.unknown("it has no database factory");
        }
        if (bean instanceof MongoDatabase database) {
            return MongoPlace.of(null, database.getName());
        }
        if (bean instanceof MongoCollection<?> collection) {
            return MongoPlace.of(null, collection.getNamespace().getDatabaseName());
        }
        return MongoPlace.of(null, null);
    }

    private static MongoPlace ofFactory(ReactiveMongoDatabaseFactory factory) {
        MongoDatabase database =
                Objects.requireNonNull(factory.getMongoDatabase().block(), "it gives no database");
        return MongoPlace.of(hostsOf(factory), database.getName());
    }

    private static @Nullable List<String> hostsOf(ReactiveMongoDatabaseFactory factory) {
        return FactoryClient.ofReactive(MongoBeanPlaces.unwrapped(factory)) instanceof MongoClient client
                ? hostsOf(client)
                : null;
    }

    private static List<String> hostsOf(MongoClient client) {
        return EnvironmentAddress.of(client.getClusterDescription().getClusterSettings(), "any")
                .hosts();
    }
}

package dev.monarch.spring.boot.autoconfigure;

import java.util.List;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.MongoTransactionManager;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.util.ClassUtils;

import dev.monarch.environment.EnvironmentAddress;

/** Finds the server and database that a bean uses. No bean connects for that. */
final class MongoBeanPlaces {

    private static final boolean REACTIVE = ClassUtils.isPresent(
                    "com.mongodb.reactivestreams.client.MongoClient", MongoBeanPlaces.class.getClassLoader())
            && ClassUtils.isPresent("reactor.core.publisher.Mono", MongoBeanPlaces.class.getClassLoader());

    private MongoBeanPlaces() {}

    static MongoPlace of(Object bean) {
        try {
            return ask(unwrapped(bean));
        } catch (RuntimeException e) {
            return MongoPlace.unknown(describe(e));
        }
    }

    /** Without the driver's message, which quotes connection strings and so passwords. */
    private static String describe(RuntimeException failure) {
        String name = failure.getClass().getSimpleName();
        String message = failure.getMessage();
        return message == null || message.contains("://") || message.contains("@") ? name : name + ": " + message;
    }

    private static MongoPlace ask(Object bean) {
        if (bean instanceof MongoClient client) {
            return MongoPlace.of(hostsOf(client), null);
        }
        if (bean instanceof MongoDatabaseFactory factory) {
            return MongoPlace.of(
                    hostsOf(clientOf(factory)), factory.getMongoDatabase().getName());
        }
        if (bean instanceof MongoTemplate template) {
            return of(template.getMongoDatabaseFactory());
        }
        if (bean instanceof MongoOperations operations) {
            return MongoPlace.of(null, operations.execute(MongoDatabase::getName));
        }
        if (bean instanceof MongoTransactionManager transactions) {
            MongoDatabaseFactory factory = transactions.getDatabaseFactory();
            return factory != null ? of(factory) : MongoPlace.unknown("it has no database factory");
        }
        if (bean instanceof MongoDatabase database) {
            return MongoPlace.of(null, database.getName());
        }
        if (bean instanceof MongoCollection<?> collection) {
            return MongoPlace.of(null, collection.getNamespace().getDatabaseName());
        }
        return REACTIVE ? ReactiveMongoBeanPlaces.of(bean) : MongoPlace.of(null, null);
    }

    /** {@return the client that a factory works with, or null if unknown} */
    static @Nullable MongoClient clientOf(MongoDatabaseFactory factory) {
        return FactoryClient.of(unwrapped(factory)) instanceof MongoClient client ? client : null;
    }

    private static @Nullable List<String> hostsOf(@Nullable MongoClient client) {
        return client != null
                ? EnvironmentAddress.of(client.getClusterDescription().getClusterSettings(), "any")
                        .hosts()
                : null;
    }

    static Object unwrapped(Object bean) {
        Object target = AopProxyUtils.getSingletonTarget(bean);
        return target != null ? unwrapped(target) : bean;
    }
}

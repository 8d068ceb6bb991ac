package dev.monarch.spring.boot.autoconfigure;

import java.lang.reflect.Field;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.MongoClusterCapable;
import org.springframework.data.mongodb.ReactiveMongoClusterCapable;
import org.springframework.data.mongodb.core.MongoDatabaseFactorySupport;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** Finds the client of a database factory. The factories of Spring Data 5.0 have it, but no public method returns it. */
final class FactoryClient {

    private static final boolean CAPABLE = ClassUtils.isPresent(
            "org.springframework.data.mongodb.MongoClusterCapable", FactoryClient.class.getClassLoader());

    private FactoryClient() {}

    /** {@return the client of a factory, or null if unknown} */
    static @Nullable Object of(Object factory) {
        return CAPABLE ? Capable.clientOf(factory) : inField("mongoClient", factory);
    }

    /** {@return the client of a reactive factory, or null if unknown} */
    static @Nullable Object ofReactive(Object factory) {
        return CAPABLE ? Capable.clientOfReactive(factory) : inField("mongo", factory);
    }

    static @Nullable Object inField(String name, Object factory) {
        Field field = ReflectionUtils.findField(factory.getClass(), name);
        if (field == null) {
            return null;
        }
        ReflectionUtils.makeAccessible(field);
        return ReflectionUtils.getField(field, factory);
    }

    /** A separate class, because Spring Data 5.0 does not have these types. */
    private static final class Capable {

        private Capable() {}

        static @Nullable Object clientOf(Object factory) {
            if (factory instanceof MongoDatabaseFactorySupport<?> support) {
                return support.getMongoCluster();
            }
            return factory instanceof MongoClusterCapable capable ? capable.getMongoCluster() : null;
        }

        static @Nullable Object clientOfReactive(Object factory) {
            return factory instanceof ReactiveMongoClusterCapable capable ? capable.getMongoCluster() : null;
        }
    }
}

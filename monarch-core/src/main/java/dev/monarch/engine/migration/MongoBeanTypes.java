package dev.monarch.engine.migration;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.mongodb.client.MongoCluster;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.gridfs.GridFSBucket;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.MongoTransactionManager;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.gridfs.GridFsOperations;
import org.springframework.util.ClassUtils;

/** The types of beans through which an application reaches MongoDB, with the driver or with Spring Data. */
public final class MongoBeanTypes {

    /** By name, because an application may not have the reactive driver. */
    private static final List<String> REACTIVE = List.of(
            "com.mongodb.reactivestreams.client.MongoCluster",
            "com.mongodb.reactivestreams.client.MongoDatabase",
            "com.mongodb.reactivestreams.client.MongoCollection",
            "com.mongodb.reactivestreams.client.gridfs.GridFSBucket",
            "org.springframework.data.mongodb.ReactiveMongoDatabaseFactory",
            "org.springframework.data.mongodb.core.ReactiveMongoOperations",
            "org.springframework.data.mongodb.gridfs.ReactiveGridFsOperations",
            "org.springframework.data.mongodb.ReactiveMongoTransactionManager");

    /** Clients first: if a client reaches the wrong database, so do the beans that use it. */
    private static final List<Class<?>> ALL = Stream.concat(
                    Stream.of(
                            MongoCluster.class,
                            MongoDatabaseFactory.class,
                            MongoOperations.class,
                            GridFsOperations.class,
                            MongoTransactionManager.class,
                            MongoDatabase.class,
                            MongoCollection.class,
                            GridFSBucket.class),
                    REACTIVE.stream().map(MongoBeanTypes::load).filter(Objects::nonNull))
            .toList();

    private MongoBeanTypes() {}

    /** {@return the types, those of clients first} */
    public static List<Class<?>> all() {
        return ALL;
    }

    /**
     * Tells whether a bean of this type reaches MongoDB.
     *
     * @param type the bean's type
     * @return whether it is one of the types, or a subtype
     */
    public static boolean include(Class<?> type) {
        return ALL.stream().anyMatch(reaching -> reaching.isAssignableFrom(type));
    }

    private static @Nullable Class<?> load(String name) {
        ClassLoader loader = MongoBeanTypes.class.getClassLoader();
        try {
            return ClassUtils.isPresent("com.mongodb.reactivestreams.client.MongoClient", loader)
                    ? ClassUtils.forName(name, loader)
                    : null;
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }
}

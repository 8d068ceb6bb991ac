package dev.monarch.engine.version;

import java.lang.reflect.Method;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** A database of the driver whose collections with versions are {@link VersionedCollection}s. */
public final class VersionedDatabase extends DriverProxy {

    private final Object database;

    private final Class<?> api;

    private final VersionedCollections versions;

    private final DriverAnswers answers;

    private VersionedDatabase(Object database, Class<?> api, VersionedCollections versions, DriverAnswers answers) {
        this.database = database;
        this.api = api;
        this.versions = versions;
        this.answers = answers;
    }

    /**
     * Wraps a database.
     *
     * @param <T> the type
     * @param api {@code MongoDatabase} of the synchronous or the reactive driver
     * @param database the database
     * @param versions the collections with versions
     * @param answers how its driver answers
     * @return the database to use in its place
     */
    public static <T> T of(Class<T> api, Object database, VersionedCollections versions, DriverAnswers answers) {
        return api.cast(new VersionedDatabase(database, api, versions, answers).in(api));
    }

    @Override
    @Nullable
    Object call(Object proxy, Method method, @Nullable Object[] arguments) throws Throwable {
        Object result = invoke(database, method, arguments);
        if (result == null) {
            return null;
        }
        if (method.getReturnType() == api) {
            return of(api, result, versions, answers);
        }
        if (!method.getName().equals("getCollection") || arguments.length == 2 && arguments[1] != Document.class) {
            return result;
        }
        CollectionVersions collection = versions.find(String.valueOf(arguments[0]));
        return collection == null
                ? result
                : VersionedCollection.of(method.getReturnType(), result, collection, answers);
    }

    @Override
    Object target() {
        return database;
    }
}

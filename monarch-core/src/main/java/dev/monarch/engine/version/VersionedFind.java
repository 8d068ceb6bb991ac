package dev.monarch.engine.version;

import java.lang.reflect.Method;

import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * A query of the driver. It reads whole documents, because a document can only be upgraded as a whole: a projection that only
 * includes or excludes fields is not sent. With any other projection, it reads what is stored.
 */
final class VersionedFind extends DriverProxy {

    private final Object newest;

    private final Object stored;

    private final Class<?> api;

    private final CollectionVersions versions;

    private boolean whole = true;

    VersionedFind(Object newest, Object stored, Class<?> api, CollectionVersions versions) {
        this.newest = newest;
        this.stored = stored;
        this.api = api;
        this.versions = versions;
    }

    @Override
    @Nullable
    Object call(Object proxy, Method method, @Nullable Object[] arguments) throws Throwable {
        if (method.getReturnType() != api) {
            return invoke(whole ? newest : stored, method, arguments);
        }
        if (method.getName().equals("projection")) {
            project(method, arguments);
        } else {
            invoke(newest, method, arguments);
            invoke(stored, method, arguments);
        }
        return proxy;
    }

    private void project(Method method, @Nullable Object[] arguments) throws Throwable {
        invoke(stored, method, arguments);
        whole = arguments[0] == null
                || !versions.isContracted()
                        && arguments[0] instanceof Bson projection
                        && PlainProjection.is(projection);
    }

    @Override
    Object target() {
        return whole ? newest : stored;
    }
}

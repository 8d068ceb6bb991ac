package dev.monarch.spring.boot.autoconfigure;

import java.util.function.Supplier;

import com.mongodb.reactivestreams.client.MongoDatabase;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.ReactiveMongoDatabaseFactory;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import reactor.core.publisher.Mono;

import dev.monarch.engine.version.VersionedCollections;
import dev.monarch.engine.version.VersionedDatabase;

/** The reactive part of {@link VersionedFactories}. A separate class, because the reactive driver is optional. */
final class VersionedReactiveFactories {

    private VersionedReactiveFactories() {}

    static Object wrap(Object bean, String name, Supplier<VersionedCollections> versions) {
        if (bean instanceof ReactiveMongoDatabaseFactory factory) {
            return proxy(factory, versions);
        }
        if (bean instanceof ReactiveMongoTemplate template) {
            VersionedFactories.requireVersions(template.getMongoDatabaseFactory(), name);
        }
        return bean;
    }

    private static Object proxy(ReactiveMongoDatabaseFactory factory, Supplier<VersionedCollections> versions) {
        return VersionedFactories.proxy(factory, ReactiveMongoDatabaseFactory.class, call -> call(call, versions));
    }

    private static @Nullable Object call(MethodInvocation call, Supplier<VersionedCollections> versions)
            throws Throwable {
        Object result = call.proceed();
        if (result instanceof Mono<?> mono && call.getMethod().getName().equals("getMongoDatabase")) {
            return mono.map(database -> VersionedDatabase.of(MongoDatabase.class, database, versions.get()));
        }
        return result instanceof ReactiveMongoDatabaseFactory factory ? proxy(factory, versions) : result;
    }
}

package dev.monarch.spring.boot.autoconfigure;

import java.util.function.Supplier;

import com.mongodb.ClientSessionOptions;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.ReactiveMongoDatabaseFactory;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import reactor.core.publisher.Mono;

import dev.monarch.engine.version.DriverAnswers;
import dev.monarch.engine.version.VersionedCollections;
import dev.monarch.engine.version.VersionedDatabase;

/** The reactive part of {@link VersionedFactories}. A separate class, because the reactive driver is optional. */
final class VersionedReactiveFactories {

    private VersionedReactiveFactories() {}

    static Object wrap(Object bean, String name, Supplier<VersionedCollections> versions) {
        if (bean instanceof ReactiveMongoDatabaseFactory factory) {
            DriverAnswers answers = new ReactiveAnswers(() ->
                    factory.getSession(ClientSessionOptions.builder().build()).block());
            return proxy(factory, versions, answers);
        }
        if (bean instanceof ReactiveMongoTemplate template) {
            VersionedFactories.requireVersions(template.getMongoDatabaseFactory(), name);
        }
        return bean;
    }

    private static Object proxy(
            ReactiveMongoDatabaseFactory factory, Supplier<VersionedCollections> versions, DriverAnswers answers) {
        return VersionedFactories.proxy(
                factory, ReactiveMongoDatabaseFactory.class, call -> call(call, versions, answers));
    }

    private static @Nullable Object call(
            MethodInvocation call, Supplier<VersionedCollections> versions, DriverAnswers answers) throws Throwable {
        Object result = call.proceed();
        if (result instanceof Mono<?> mono && call.getMethod().getName().equals("getMongoDatabase")) {
            return mono.map(database -> VersionedDatabase.of(MongoDatabase.class, database, versions.get(), answers));
        }
        // It has a session, which may have a transaction.
        return result instanceof ReactiveMongoDatabaseFactory factory
                ? proxy(factory, versions, new ReactiveAnswers(() -> null))
                : result;
    }
}

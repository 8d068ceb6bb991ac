package dev.monarch.spring.boot.autoconfigure;

import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;

import com.mongodb.ClientSessionOptions;
import com.mongodb.client.MongoDatabase;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.util.ClassUtils;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.engine.version.DriverAnswers;
import dev.monarch.engine.version.VersionedCollections;
import dev.monarch.engine.version.VersionedDatabase;

/**
 * Lets every database factory of the application return databases in which documents have versions. Everything in Spring Data
 * that reads or writes documents uses the collections of a factory: templates, repositories, and references to other documents.
 */
final class VersionedFactories implements BeanPostProcessor {

    private static final boolean REACTIVE = ClassUtils.isPresent(
                    "com.mongodb.reactivestreams.client.MongoClient", VersionedFactories.class.getClassLoader())
            && ClassUtils.isPresent("reactor.core.publisher.Mono", VersionedFactories.class.getClassLoader());

    private final ObjectProvider<VersionedCollections> versions;

    VersionedFactories(ObjectProvider<VersionedCollections> versions) {
        this.versions = versions;
    }

    /** The advice of the factories that return such databases. */
    @FunctionalInterface
    interface VersionAdvice extends MethodInterceptor {}

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof MongoDatabaseFactory factory) {
            DriverAnswers answers = DriverAnswers.synchronous(
                    () -> factory.getSession(ClientSessionOptions.builder().build()));
            return proxy(factory, MongoDatabaseFactory.class, call -> call(call, answers));
        }
        if (bean instanceof MongoTemplate template) {
            requireVersions(template.getMongoDatabaseFactory(), name);
        }
        return REACTIVE ? VersionedReactiveFactories.wrap(bean, name, versions::getObject) : bean;
    }

    private @Nullable Object call(MethodInvocation call, DriverAnswers answers) throws Throwable {
        Object result = call.proceed();
        if (result instanceof MongoDatabase database) {
            return VersionedDatabase.of(MongoDatabase.class, database, versions.getObject(), answers);
        }
        if (result instanceof MongoDatabaseFactory factory) {
            // It has a session, which may have a transaction.
            DriverAnswers inSession = DriverAnswers.synchronous(() -> null);
            return proxy(factory, MongoDatabaseFactory.class, again -> call(again, inSession));
        }
        return result;
    }

    /** A proxy of the class if possible, because the application may know the factory by its class. */
    static Object proxy(Object factory, Class<?> type, VersionAdvice advice) {
        Class<?> known = factory.getClass();
        ProxyFactory proxy = new ProxyFactory(factory);
        proxy.addAdvice(advice);
        proxy.setProxyTargetClass(!Proxy.isProxyClass(known) && !Modifier.isFinal(known.getModifiers()));
        return type.cast(proxy.getProxy(type.getClassLoader()));
    }

    static void requireVersions(@Nullable Object factory, String template) {
        if (factory != null && !hasVersions(factory)) {
            throw new OperationRefusedException(
                    "use the document versions in",
                    template,
                    Reason.TEMPLATE_WITHOUT_VERSIONS,
                    "the bean has a database factory that is not a bean, so it would read and write documents of old versions");
        }
    }

    private static boolean hasVersions(Object factory) {
        return factory instanceof Advised advised
                && Arrays.stream(advised.getAdvisors())
                        .anyMatch(advisor -> advisor.getAdvice() instanceof VersionAdvice);
    }
}

package dev.monarch.sample.migration;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.beans.factory.config.BeanPostProcessor;

import dev.monarch.migration.MigrationContext;
import dev.monarch.migration.MongoMigration;

/** Interrupts migrations, as a lost lock would, when they check their lock after a given number of batches. */
final class InterruptedMigrations implements BeanPostProcessor {

    static final String REASON = "the lock is lost";

    private final AtomicInteger looksLeft;

    InterruptedMigrations(int looks) {
        this.looksLeft = new AtomicInteger(looks);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof MongoMigration migration
                ? (MongoMigration) context -> migration.up(interrupted(context))
                : bean;
    }

    private MigrationContext interrupted(MigrationContext context) {
        return (MigrationContext) Proxy.newProxyInstance(
                MigrationContext.class.getClassLoader(),
                new Class<?>[] {MigrationContext.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("ensureLock") && looksLeft.getAndDecrement() == 0) {
                        throw new IllegalStateException(REASON);
                    }
                    try {
                        return method.invoke(context, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}

package dev.monarch.spring.boot.autoconfigure;

import java.util.Set;

import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDatabaseInitializerDetector;

/**
 * Tells Spring Boot that {@link EarlyMigrations} initializes a database. Loaded only if the application has {@code
 * spring-boot-sql}.
 */
final class EarlyMigrationsDetector extends AbstractBeansOfTypeDatabaseInitializerDetector {

    /** After Flyway's, which is 1: an application may have both, and its order must not depend on names. */
    private static final int ORDER = 2;

    /** Created by Spring Boot. */
    EarlyMigrationsDetector() {}

    @Override
    protected Set<Class<?>> getDatabaseInitializerBeanTypes() {
        return Set.of(EarlyMigrations.class);
    }

    @Override
    public int getOrder() {
        return ORDER;
    }
}

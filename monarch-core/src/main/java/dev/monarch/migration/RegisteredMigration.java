package dev.monarch.migration;

import org.springframework.aop.support.AopUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A migration together with its id, its policy and where it comes from.
 *
 * @param id the id
 * @param migration the migration itself
 * @param policy what it wants of whoever runs it
 * @param source where it comes from, for people to read: a bean's name and class
 */
public record RegisteredMigration(String id, MongoMigration migration, MigrationPolicy policy, String source) {

    /**
     * Creates one with the default policy.
     *
     * @param id the id
     * @param migration the migration itself
     * @param source where it comes from
     */
    public RegisteredMigration(String id, MongoMigration migration, String source) {
        this(id, migration, MigrationPolicy.DEFAULT, source);
    }

    /** {@return whether the migration implements {@code down}} */
    public boolean hasDown() {
        var down = ReflectionUtils.findMethod(AopUtils.getTargetClass(migration), "down", MigrationContext.class);
        return down != null && down.getDeclaringClass() != MongoMigration.class;
    }
}

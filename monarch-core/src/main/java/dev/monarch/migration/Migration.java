package dev.monarch.migration;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/**
 * Marks a {@link MongoMigration} bean and gives it its id.
 *
 * <p>A stereotype like {@link Component}: the class is found by component scanning, and injection, profiles and
 * conditions are Spring's. On a {@code @Bean} method it gives the id to the bean that the method makes. The id is never
 * the bean's name.
 */
@Documented
@Component
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Migration {

    /**
     * The id, which is the key in the history and gives the order: digit runs compare as numbers, everything else
     * character by character.
     *
     * @return the id
     */
    @AliasFor("id")
    String value() default "";

    /**
     * The same as {@link #value()}.
     *
     * @return the id
     */
    @AliasFor("value")
    String id() default "";

    /**
     * Whether the migration and its entry in the history are committed together, in one transaction.
     *
     * <p>Then {@code up} may be called more than once, for transient errors are retried as the driver's {@code
     * withTransaction} does; {@link MigrationContext#checkpoint} throws; and the server refuses to drop or rename
     * collections, to change their options, or to build indexes on those that hold documents. Refused on a standalone
     * server, before anything runs.
     *
     * @return whether it runs in a transaction
     */
    boolean transactional() default false;

    /**
     * How often it runs; those that run more than once run after all that run once.
     *
     * @return how often
     */
    Run run() default Run.ONCE;

    /**
     * For {@link Run#ON_CHANGE}: what the author changes when the migration is to run again.
     *
     * @return any text
     */
    String version() default "";

    /**
     * What the next run does when this migration was started and not ended, for its process died.
     *
     * @return what to do
     */
    OnInterrupted onInterrupted() default OnInterrupted.RETRY;

    /**
     * The environments it is meant for, by name; none for all.
     *
     * @return names of environments
     */
    String[] environments() default {};

    /** How often a migration runs. */
    public enum Run {

        /** Once, then never again. */
        ONCE,

        /** In every run. */
        ALWAYS,

        /** Again whenever its {@link Migration#version} is another than when it was last applied. */
        ON_CHANGE
    }

    /** What becomes of a migration that was started and not ended. */
    public enum OnInterrupted {

        /** The next run starts it again. */
        RETRY,

        /** The next run refuses until a person has looked and said how it stands. */
        MANUAL
    }
}

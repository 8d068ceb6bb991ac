package dev.monarch.migration;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/**
 * Marks a {@link MongoMigration} bean, and gives the migration its id.
 *
 * <p>A stereotype like {@link Component}: component scanning finds the class, and Spring's injection, profiles and
 * conditions apply. On a {@code @Bean} method, it gives the id to the bean that the method returns. The name of the
 * bean is never the id.
 */
@Documented
@Component
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Migration {

    /**
     * The id. It is the key in the history and defines the order: runs of digits compare as numbers, everything else
     * character by character.
     *
     * @return the id
     */
    @AliasFor("id")
    String value() default "";

    /**
     * An alias of {@link #value()}.
     *
     * @return the id
     */
    @AliasFor("value")
    String id() default "";

    /**
     * Whether the migration and its entry in the history are committed together, in one transaction.
     *
     * <p>Then Monarch may call {@code up} more than once, because the driver's {@code withTransaction} retries after
     * transient errors. {@link MigrationContext#checkpoint} throws. The server does not allow dropping or renaming
     * collections, changing their options, or building indexes on collections that have documents. On a standalone
     * server, the run is refused before anything runs.
     *
     * @return whether it runs in a transaction
     */
    boolean transactional() default false;

    /**
     * How often the migration runs. Repeatable migrations run after all others.
     *
     * @return how often
     */
    Run run() default Run.ONCE;

    /**
     * For {@link Run#ON_CHANGE}: a text that the author changes when the migration must run again.
     *
     * @return any text
     */
    String version() default "";

    /**
     * What the next run does if this migration was started and did not end, because its process died.
     *
     * @return what to do
     */
    OnInterrupted onInterrupted() default OnInterrupted.RETRY;

    /**
     * The names of the environments in which the migration runs. If it is empty, it runs in all of them.
     *
     * @return names of environments
     */
    String[] environments() default {};

    /**
     * The ids of the backfills that must be done before the migration runs. Until then every run that includes the migration is
     * refused, and says how far they are. Backfills that do not run in the environment do not count.
     *
     * @return ids of backfills
     */
    String[] after() default {};

    /** How often a migration runs. */
    public enum Run {

        /** Once, then never again. */
        ONCE,

        /** In every run. */
        ALWAYS,

        /** Again whenever its {@link Migration#version} differs from the one that was last applied. */
        ON_CHANGE
    }

    /** What the next run does with a migration that was started and did not end. */
    public enum OnInterrupted {

        /** The next run starts it again. */
        RETRY,

        /** The next run is refused until its state has been resolved manually. */
        MANUAL
    }
}

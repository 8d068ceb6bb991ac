package dev.monarch.backfill;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/**
 * Marks a {@link DocumentBackfill} bean, and gives the backfill its id.
 *
 * <p>A stereotype like {@link Component}: component scanning finds the class, and Spring's injection, profiles and
 * conditions apply. On a {@code @Bean} method, it gives the id to the bean that the method returns. The name of the
 * bean is never the id.
 */
@Documented
@Component
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Backfill {

    /**
     * The id. It is the key in the history, and has the same order as the ids of migrations: runs of digits compare as
     * numbers, everything else character by character. No migration may have the same id.
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
     * The names of the environments in which the backfill runs. If it is empty, it runs in all of them.
     *
     * @return names of environments
     */
    String[] environments() default {};

    /**
     * Whether to keep what each document was before it was changed, so that {@link Backfills#undo} can undo the backfill.
     * This costs one more write for each document, and space in the same database.
     *
     * @return whether to keep originals
     */
    boolean keepOriginals() default false;
}

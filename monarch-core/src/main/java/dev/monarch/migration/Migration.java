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
}

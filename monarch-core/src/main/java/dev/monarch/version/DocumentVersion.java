package dev.monarch.version;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.stereotype.Component;

/**
 * Marks a {@link DocumentVersionChange} bean, and says which version of which collection's documents it makes.
 *
 * <p>A stereotype like {@link Component}: component scanning finds the class, and Spring's injection applies. On a
 * {@code @Bean} method, it applies to the bean that the method returns. The versions of one collection have no gaps. The
 * first one is 2: documents without a version have version 1.
 */
@Documented
@Component
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface DocumentVersion {

    /**
     * The collection.
     *
     * @return the name of the collection
     */
    String collection();

    /**
     * The version that {@link DocumentVersionChange#upgrade} makes.
     *
     * @return the version, at least 2
     */
    int version();
}

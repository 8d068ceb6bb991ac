package dev.monarch.spring.boot.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Fills the database of a {@link MonarchTest} from a backup, from a query set of an environment, or from a query set of a
 * backup.
 *
 * <p>The data is restored or copied once for all test classes of a JVM that name the same. Each test class gets its own
 * copy, which its methods share. With a query set, only what it selects and masks reaches the database of the test.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface DatasetFrom {

    /**
     * The backup: its name in a store, or the path of an archive.
     *
     * @return the backup; empty if the data is copied from an environment
     */
    String backup() default "";

    /**
     * The store of the backup.
     *
     * @return its name; empty for the default store
     */
    String store() default "";

    /**
     * The query set that selects and masks the data.
     *
     * @return its name; empty for the whole backup
     */
    String querySet() default "";

    /**
     * The environment from which the query set copies.
     *
     * @return its name; empty if the data comes from a backup
     */
    String environment() default "";
}

package dev.monarch.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test class or method that uses a MongoDB server, and says which one. The server is a parameter of type {@link
 * TestMongo}. On a method, the annotation replaces that of the class. On a class, it also applies to {@code @Nested}
 * classes.
 *
 * <p>Each setting below is a JUnit configuration parameter (a system property) or else an environment variable of the
 * same name:
 *
 * <ul>
 * <li>{@code MONARCH_TEST_MONGODB_URI}: the connection string of a running server. It takes precedence. Its user must
 * be allowed to create and drop databases.
 * <li>{@code MONARCH_TEST_MONGOD}: the {@code mongod} binary to start, instead of the one on the {@code PATH}. Sharded
 * clusters need {@code mongos} in the same folder.
 * <li>{@code MONARCH_REQUIRE_SERVER=replica-set}: a test that has no server fails instead of being skipped.
 * </ul>
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(MongoServerExtension.class)
public @interface MongoTest {

    /**
     * The deployment the test needs.
     *
     * @return the topology; {@link Topology#ANY} runs everywhere
     */
    Topology topology() default Topology.ANY;

    /**
     * The oldest server release that the test runs on, such as {@code "5.0"}. On an older server the test is skipped.
     *
     * @return the version, or an empty string for every version
     */
    String minVersion() default "";

    /**
     * Whether each test method gets its own server, which it may stop, kill, pause or step down. It is a replica set
     * unless {@link Topology#STANDALONE} is requested.
     *
     * @return whether the server is the test's own
     */
    boolean own() default false;

    /**
     * The number of members of the replica set. More than one needs {@link #own()}.
     *
     * @return the number of members
     */
    int members() default 1;

    /**
     * Whether the server has access control. It needs {@link #own()}. {@link TestMongo} then connects as the server's
     * administrator, who may create users.
     *
     * @return whether the server has access control
     */
    boolean accessControl() default false;
}

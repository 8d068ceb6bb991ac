package dev.monarch.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test class or method that uses a MongoDB server and says which; the server itself is a parameter of type
 * {@link TestMongo}. On a method it replaces what the class says, on a class it also holds for {@code @Nested} classes.
 *
 * <p>Each setting below is an environment variable, or else a JUnit configuration parameter (system property) of the
 * same name, which wins:
 *
 * <ul>
 *   <li>{@code MONARCH_TEST_MONGODB_URI}: connection string of a running server, taken before all others. The user
 *       in it must be allowed to create and drop databases.
 *   <li>{@code MONARCH_TEST_MONGOD}: the {@code mongod} binary to start instead of the one on the {@code PATH}. A
 *       {@code mongos} in its folder makes sharded clusters.
 *   <li>{@code MONARCH_REQUIRE_SERVER=replica-set}: what would be skipped for want of a server fails.
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
     * The oldest server release the test runs on, such as {@code "5.0"}; compared number by number. On an older
     * server the test is skipped.
     *
     * @return the version, or an empty string for every version
     */
    String minVersion() default "";

    /**
     * Whether each test method gets a server of its own, which it may stop, kill, pause or step down. It is a replica
     * set unless {@link Topology#STANDALONE} is asked for.
     *
     * @return whether the server is the test's own
     */
    boolean own() default false;

    /**
     * The number of members of the replica set; more than one only together with {@link #own()}.
     *
     * @return the number of members
     */
    int members() default 1;

    /**
     * Whether the server lets in only who has a name and a password, and lets each do what its roles say; only together
     * with {@link #own()}. What {@link TestMongo} connects with is the server's administrator, who may create users.
     *
     * @return whether the server has access control
     */
    boolean accessControl() default false;
}

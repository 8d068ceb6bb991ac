package dev.monarch.test;

import java.time.Duration;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;

/**
 * A MongoDB server as one test method sees it, with a database for this test that is dropped afterwards. Declare a
 * parameter of this type on the test method, a {@code @BeforeEach} or {@code @AfterEach} method, or the constructor.
 * Within one test it is always the same object. It is not available in {@code @BeforeAll}, because it does not outlive
 * a test.
 */
public interface TestMongo {

    /**
     * The connection string with the test's own database. It names a replica set with {@code replicaSet} and all its
     * members. A container uses {@code directConnection=true} instead, because only the container resolves the member's
     * host name. With {@link MongoTest#accessControl()} it has the administrator's name and password.
     *
     * @return the connection string
     */
    String uri();

    /**
     * The connection string with another database, which is also dropped at the end of the test.
     *
     * @param database the name of the database
     * @return the connection string
     */
    String uri(String database);

    /**
     * The name of the test's own database. It is unique, lower case, and has at most 38 bytes (the limit of MongoDB
     * Atlas).
     *
     * @return the name
     */
    String databaseName();

    /**
     * A client connected to {@link #uri()}. It is the same for the whole test, and is closed afterwards.
     *
     * @return the client
     */
    MongoClient client();

    /**
     * The test's own database.
     *
     * @return the database, on {@link #client()}
     */
    MongoDatabase database();

    /**
     * Where the server comes from.
     *
     * @return the kind
     */
    ServerKind kind();

    /**
     * How the server is deployed.
     *
     * @return the topology, never {@link Topology#ANY}
     */
    Topology topology();

    /**
     * The server's description, such as {@code mongod 5.0.29, replica set of 1}.
     *
     * @return the description
     */
    String description();

    /**
     * Whether this is MongoDB itself.
     *
     * @return {@code false} for the embedded server
     */
    boolean isReal();

    /**
     * Starts a second server with its own data, which is stopped after the test. It has the kind and topology of this
     * one, and one member. For an external server it is a {@code mongod} or a container. The test may stop a real one.
     * If none is available, the test is skipped, as with {@link MongoTest#own()}.
     *
     * @return the second server
     */
    TestMongo another();

    /**
     * Shuts all members down cleanly. Their data and ports stay. If they are down, this does nothing.
     *
     * @throws IllegalStateException if the server is not the test's own
     */
    void stop();

    /**
     * Starts all members again after {@link #stop()} or {@link #kill()}, and waits for a primary, or for the answer of
     * a standalone server. A running member is left alone.
     *
     * @throws IllegalStateException if the server is not the test's own
     */
    void start();

    /**
     * Kills all members with SIGKILL. Their data and ports stay.
     *
     * @throws IllegalStateException if the server is not the test's own
     */
    void kill();

    /**
     * Freezes all members with SIGSTOP. Connections stay open, but no answers arrive.
     *
     * @throws IllegalStateException if the server is not the test's own
     */
    void pause();

    /**
     * Resumes all members after {@link #pause()}.
     *
     * @throws IllegalStateException if the server is not the test's own
     */
    void resume();

    /**
     * Steps the primary down by force; returns when it is no longer primary.
     *
     * @param forHowLong how long it may not become primary again, rounded up to seconds
     * @throws IllegalStateException if the server is not the test's own or no replica set
     */
    void stepDown(Duration forHowLong);

    /**
     * Waits until a member is a primary that accepts writes.
     *
     * @throws IllegalStateException if the server is not the test's own or no replica set, or if there is no primary
     *     within a minute
     */
    void awaitPrimary();
}

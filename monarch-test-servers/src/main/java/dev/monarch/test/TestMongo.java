package dev.monarch.test;

import java.time.Duration;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;

/**
 * A MongoDB server as one test method sees it, with a database of the test's own that is dropped afterwards. A
 * parameter of this type on the test method, a {@code @BeforeEach} or {@code @AfterEach} method or the constructor is
 * enough; within one test they are all the same object. Not for {@code @BeforeAll}: nothing here outlives a test.
 */
public interface TestMongo {

    /**
     * The connection string with the test's own database in it. A started replica set is named by
     * {@code replicaSet} with all its members, except in a container, whose member is known by a name that only the
     * container resolves: there it says {@code directConnection=true}. With {@link MongoTest#accessControl()} it has
     * the name and the password of the administrator.
     *
     * @return the connection string
     */
    String uri();

    /**
     * The connection string with another database in it, which is also dropped at the end of the test.
     *
     * @param database the name of the database
     * @return the connection string
     */
    String uri(String database);

    /**
     * The name of the test's own database: unique, lower case, at most 38 bytes (the limit of MongoDB Atlas).
     *
     * @return the name
     */
    String databaseName();

    /**
     * A client connected to {@link #uri()}, the same one for the whole test and closed after it.
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
     * The server in words, such as {@code mongod 5.0.29, replica set of 1}.
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
     * Starts a second server with data of its own, stopped after the test. It is of the same kind and topology as
     * this one, with one member; beside an external server it is a {@code mongod} or a container. A real one is the
     * test's own and may be stopped. Where none can be had the test is skipped, as by {@link MongoTest#own()}.
     *
     * @return the second server
     */
    TestMongo another();

    /**
     * Shuts all members down in good order; their data and ports stay. Does nothing when they are down.
     *
     * @throws IllegalStateException if the server is not the test's own
     */
    void stop();

    /**
     * Starts all members again after {@link #stop()} or {@link #kill()} and waits for a primary, or for the answer of
     * a standalone server. Does nothing for a member that runs.
     *
     * @throws IllegalStateException if the server is not the test's own
     */
    void start();

    /**
     * Kills all members with SIGKILL; their data and ports stay.
     *
     * @throws IllegalStateException if the server is not the test's own
     */
    void kill();

    /**
     * Freezes all members with SIGSTOP: connections stay open, answers do not come.
     *
     * @throws IllegalStateException if the server is not the test's own
     */
    void pause();

    /**
     * Lets all members run on after {@link #pause()}.
     *
     * @throws IllegalStateException if the server is not the test's own
     */
    void resume();

    /**
     * Makes the primary step down by force; returns when it no longer is primary.
     *
     * @param forHowLong how long it may not become primary again, rounded up to seconds
     * @throws IllegalStateException if the server is not the test's own or no replica set
     */
    void stepDown(Duration forHowLong);

    /**
     * Waits until some member is a primary that takes writes.
     *
     * @throws IllegalStateException if the server is not the test's own or no replica set, or if there is no primary
     *     within a minute
     */
    void awaitPrimary();
}

package dev.monarch.test;

/** Where the server of a test comes from, in the order of preference. */
public enum ServerKind {
    /** The running server that {@code MONARCH_TEST_MONGODB_URI} names; it is never stopped or killed. */
    EXTERNAL,
    /** A {@code mongod} process: {@code MONARCH_TEST_MONGOD}, else the one on the {@code PATH}. */
    MONGOD,
    /** A Docker container. */
    CONTAINER,
    /** mongo-java-server in the JVM of the test: no sessions, no transactions, no change streams. */
    EMBEDDED
}

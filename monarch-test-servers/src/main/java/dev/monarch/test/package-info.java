/**
 * MongoDB servers for tests, as one JUnit Jupiter extension. {@link dev.monarch.test.MongoTest} says what a test needs;
 * {@link dev.monarch.test.TestMongo} is what it gets. The extension takes the first server available: the one named by
 * {@code MONARCH_TEST_MONGODB_URI}, a {@code mongod} binary, Docker, or the embedded mongo-java-server. If no server
 * meets the needs of a test, the test is skipped with the reason, or fails with {@code
 * MONARCH_REQUIRE_SERVER=replica-set}.
 */
@NullMarked
package dev.monarch.test;

import org.jspecify.annotations.NullMarked;

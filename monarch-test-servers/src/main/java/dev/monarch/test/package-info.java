/**
 * MongoDB servers for tests, as one JUnit Jupiter extension: {@link dev.monarch.test.MongoTest} says what a test needs,
 * {@link dev.monarch.test.TestMongo} is what it gets. The best server at hand is taken: the one named by
 * {@code MONARCH_TEST_MONGODB_URI}, a {@code mongod} binary, Docker, or the embedded mongo-java-server. A test whose
 * needs cannot be met is skipped with the reason, or fails under {@code MONARCH_REQUIRE_SERVER=replica-set}.
 */
@NullMarked
package dev.monarch.test;

import org.jspecify.annotations.NullMarked;

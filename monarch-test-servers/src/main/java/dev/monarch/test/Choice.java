package dev.monarch.test;

import org.opentest4j.TestAbortedException;

/** The result of comparing a {@link Requirement} with the servers available. */
sealed interface Choice {

    /**
     * The test can run.
     *
     * @param offer the server it runs on
     * @param topology the topology it runs on
     */
    record Taken(Offer offer, Topology topology) implements Choice {}

    /**
     * The test cannot run.
     *
     * @param reason what the test needs and what is available
     * @param failure whether the test fails instead of being skipped
     */
    record Missing(String reason, boolean failure) implements Choice {

        /** {@return the exception that ends a test that is already running} */
        RuntimeException asException() {
            return failure
                    ? new IllegalStateException("MONARCH_REQUIRE_SERVER=replica-set, but the test " + reason)
                    : new TestAbortedException(reason);
        }
    }
}

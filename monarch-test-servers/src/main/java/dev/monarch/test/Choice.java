package dev.monarch.test;

import org.opentest4j.TestAbortedException;

/** What came out of comparing a {@link Requirement} with what there is. */
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
     * @param reason what it needs and what there is
     * @param failure whether that is a failure rather than a skip
     */
    record Missing(String reason, boolean failure) implements Choice {

        /** What ends a test that is already running. */
        RuntimeException asException() {
            return failure
                    ? new IllegalStateException("MONARCH_REQUIRE_SERVER=replica-set, but the test " + reason)
                    : new TestAbortedException(reason);
        }
    }
}

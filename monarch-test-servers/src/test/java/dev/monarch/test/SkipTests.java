package dev.monarch.test;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.testkit.engine.EventConditions.abortedWithReason;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.rootCause;

class SkipTests {

    private static final String MISSING = "needs a replica set; the tests run on " + EmbeddedServer.OFFER.description()
            + ": set MONARCH_TEST_MONGOD or put mongod on the PATH";

    private static final String NO_ANSWER = "MONARCH_TEST_MONGODB_URI is set, but its server does not answer: ";

    @Test
    void aTestWithoutASuitableServerIsSkippedWithTheReason() {
        Run.embedded(Requirements.class)
                .assertStatistics(
                        stats -> stats.started(2).succeeded(2).skipped(4).failed(0))
                .assertThatEvents()
                .haveExactly(1, event(test("ofTheClass"), skippedWithReason(MISSING)))
                .haveExactly(1, event(test("inANestedClass"), skippedWithReason(MISSING)))
                .haveExactly(
                        1,
                        event(
                                test("tooNew"),
                                skippedWithReason("needs MongoDB 99.0 or newer; the tests run on "
                                        + EmbeddedServer.OFFER.description() + ", which acts as 5.0.0")))
                .haveExactly(
                        1,
                        event(
                                test("threeMembers"),
                                skippedWithReason(
                                        MISSING.replace("a replica set;", "a replica set of 3 members of its own;"))))
                .haveExactly(1, event(test("methodWins"), finishedSuccessfully()))
                .haveExactly(1, event(test("nestedMethodWins"), finishedSuccessfully()));
    }

    @Test
    void aTestWithoutARequiredServerFails() {
        Run.with(Requirements.class, Map.of("MONARCH_REQUIRE_SERVER", "replica-set"))
                .assertStatistics(stats -> stats.succeeded(2).skipped(0).failed(4))
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                test("ofTheClass"),
                                finishedWithFailure(rootCause(
                                        message("MONARCH_REQUIRE_SERVER=replica-set, but the test " + MISSING)))));
    }

    @Test
    void anUnknownRequirementFailsEveryTest() {
        Run.with(Requirements.class, Map.of("MONARCH_REQUIRE_SERVER", "mongod"))
                .assertStatistics(stats -> stats.succeeded(0).skipped(0).failed(6))
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                test("methodWins"),
                                finishedWithFailure(rootCause(message(
                                        "MONARCH_REQUIRE_SERVER=mongod: the only value known is replica-set")))));
    }

    @Test
    void aConstructorParameterKeepsASkipASkip() {
        Run.embedded(InConstructor.class)
                .assertStatistics(stats -> stats.started(0).skipped(1))
                .assertThatEvents()
                .haveExactly(1, event(test("never"), skippedWithReason(MISSING)));
        Run.embedded(UsedInConstructor.class)
                .assertStatistics(stats -> stats.succeeded(0).failed(0).aborted(1))
                .assertThatEvents()
                .haveExactly(1, event(test("never"), abortedWithReason(message(MISSING))));
    }

    @Test
    void onlyTheFirstTestWaitsForAServerThatDoesNotAnswer() {
        String nobody = "mongodb://127.0.0.1:" + FreePort.find() + "/?serverSelectionTimeoutMS=1500";
        long before = System.nanoTime();
        Run.with(Requirements.class, Map.of("MONARCH_TEST_MONGODB_URI", nobody))
                .assertStatistics(stats -> stats.succeeded(0).skipped(0).failed(6))
                .assertThatEvents()
                .haveAtLeast(6, event(finishedWithFailure(message(text -> text.contains(NO_ANSWER)))));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(7));
    }

    @MongoTest(topology = Topology.REPLICA_SET)
    static class InConstructor {

        InConstructor(TestMongo mongo) {}

        @Test
        void never() {}
    }

    @MongoTest(topology = Topology.REPLICA_SET)
    static class UsedInConstructor {

        UsedInConstructor(TestMongo mongo) {
            mongo.client();
        }

        @Test
        void never() {}
    }

    @MongoTest(topology = Topology.REPLICA_SET)
    static class Requirements {

        @Test
        void ofTheClass() {}

        @Test
        @MongoTest
        void methodWins(TestMongo mongo) {
            assertThat(mongo.topology()).isEqualTo(Topology.STANDALONE);
        }

        @Test
        @MongoTest(minVersion = "99.0")
        void tooNew() {}

        @Test
        @MongoTest(own = true, members = 3)
        void threeMembers() {}

        @Nested
        class Inner {

            @Test
            void inANestedClass() {}

            @Test
            @MongoTest
            void nestedMethodWins(TestMongo mongo) {
                assertThat(mongo.isReal()).isFalse();
            }
        }
    }
}

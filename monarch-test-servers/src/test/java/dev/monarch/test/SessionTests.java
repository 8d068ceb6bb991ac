package dev.monarch.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

/** What a test sees, on whatever server there is. */
@MongoTest
class SessionTests {

    private final TestMongo ofConstructor;

    private TestMongo ofBeforeEach;

    SessionTests(TestMongo mongo) {
        this.ofConstructor = mongo;
        this.ofBeforeEach = mongo;
    }

    @BeforeEach
    void remember(TestMongo mongo) {
        ofBeforeEach = mongo;
        mongo.database().getCollection("things").insertOne(new Document("_id", 1));
    }

    @AfterEach
    void sameAfterwards(TestMongo mongo) {
        assertThat(mongo).isSameAs(ofBeforeEach);
    }

    @Test
    void isTheSameObjectThroughoutTheTest(TestMongo mongo) {
        assertThat(mongo).isSameAs(ofBeforeEach).isSameAs(ofConstructor);
        assertThat(mongo.client()).isSameAs(mongo.client());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void eachInvocationOfAParameterizedTestHasItsOwnDatabase(int invocation, TestMongo mongo) {
        assertFresh(mongo);
    }

    @RepeatedTest(2)
    void eachRepetitionHasItsOwnDatabase(TestMongo mongo) {
        assertFresh(mongo);
    }

    @Test
    void connectionStringsContainTheirDatabase(TestMongo mongo) {
        try (MongoClient other = MongoClients.create(mongo.uri())) {
            assertThat(other.getDatabase(mongo.databaseName())
                            .getCollection("things")
                            .countDocuments())
                    .isEqualTo(1);
        }
        assertThat(mongo.uri()).contains("/" + mongo.databaseName());
        assertThat(mongo.uri("t_other")).contains("/t_other");
    }

    @Test
    void secondServerHasItsOwnData(TestMongo mongo) {
        TestMongo second = mongo.another();
        second.database().getCollection("things").insertOne(new Document("_id", 2));
        assertThat(second.kind() == mongo.kind() || mongo.kind() == ServerKind.EXTERNAL)
                .isTrue();
        assertThat(second.topology()).isEqualTo(mongo.topology());
        assertThat(second.client().listDatabaseNames()).doesNotContain(mongo.databaseName());
        assertThat(mongo.client().listDatabaseNames()).doesNotContain(second.databaseName());
    }

    @Test
    void aSharedServerCannotBeStopped(TestMongo mongo) {
        List<Runnable> verbs = List.of(
                mongo::stop,
                mongo::start,
                mongo::kill,
                mongo::pause,
                mongo::resume,
                mongo::awaitPrimary,
                () -> mongo.stepDown(Duration.ofSeconds(1)));
        assertThat(verbs)
                .allSatisfy(verb -> assertThatIllegalStateException()
                        .isThrownBy(verb::run)
                        .withMessageEndingWith(" needs a server of the test's own, @MongoTest(own = true); this one, "
                                + mongo.description() + ", is shared"));
    }

    @Nested
    class InANestedClass {

        @Test
        void theOuterSetUpSeesTheSameObject(TestMongo mongo) {
            assertThat(mongo).isSameAs(ofBeforeEach).isSameAs(ofConstructor);
            assertFresh(mongo);
        }
    }

    private static void assertFresh(TestMongo mongo) {
        assertThat(mongo.database().getCollection("things").find()).hasSize(1);
        mongo.database().getCollection("things").insertOne(new Document("_id", 2));
    }

    /** Embedded, so that the last of the three sees what the first two left on the server. */
    @Test
    void databasesAreDroppedAfterSuccessAndAfterFailure() {
        Run.embedded(LeftoverDatabases.class)
                .assertStatistics(stats -> stats.started(3).succeeded(2).failed(1));
    }

    @Test
    void isNotAvailableBeforeAllTests() {
        Run.embedded(TooEarly.class).assertStatistics(stats -> stats.started(0));
        assertThat(TooEarly.ran).isFalse();
    }

    @Test
    void anAnnotationOnAMethodIsEnough() {
        Run.embedded(MethodOnly.class)
                .assertStatistics(stats -> stats.started(1).succeeded(1));
    }

    @Test
    void aContradictoryAnnotationFailsTheTest() {
        Run.embedded(Contradiction.class)
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(finishedWithFailure(
                                message(text -> text.contains("@MongoTest(members = 3) needs own")))));
    }

    @MongoTest
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class LeftoverDatabases {

        private static final List<String> USED = new ArrayList<>();

        @Test
        @Order(1)
        void succeeds(TestMongo mongo) {
            use(mongo);
        }

        @Test
        @Order(2)
        void fails(TestMongo mongo) {
            use(mongo);
            mongo.client().close();
            throw new AssertionError("on purpose");
        }

        @Test
        @Order(3)
        void nothingIsLeft(TestMongo mongo) {
            assertThat(USED).hasSize(4);
            use(mongo);
            assertThat(mongo.client().listDatabaseNames())
                    .contains(mongo.databaseName())
                    .doesNotContainAnyElementsOf(USED.subList(0, 4));
        }

        private static void use(TestMongo mongo) {
            String second = mongo.databaseName() + "x";
            mongo.database().getCollection("things").insertOne(new Document());
            try (MongoClient client = MongoClients.create(mongo.uri(second))) {
                client.getDatabase(second).getCollection("things").insertOne(new Document());
            }
            USED.addAll(List.of(mongo.databaseName(), second));
        }
    }

    @MongoTest
    static class TooEarly {

        private static boolean ran;

        @BeforeAll
        static void take(TestMongo mongo) {
            ran = true;
        }

        @Test
        void never() {}
    }

    static class MethodOnly {

        @Test
        @MongoTest
        void has(TestMongo mongo) {
            assertThat(mongo.description()).isEqualTo(EmbeddedServer.OFFER.description());
        }
    }

    @MongoTest(members = 3)
    static class Contradiction {

        @Test
        void never() {}
    }
}

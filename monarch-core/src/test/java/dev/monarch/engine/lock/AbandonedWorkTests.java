package dev.monarch.engine.lock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.Fault;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** How abandoned sessions are handled for each answer of the server. */
@Execution(ExecutionMode.CONCURRENT)
@MongoTest
class AbandonedWorkTests {

    private static final LockSettings SETTINGS = new LockSettings(
            Duration.ofMillis(1_500), Duration.ofMillis(500), Duration.ofSeconds(20), Duration.ofMillis(300));

    private static final BsonDocument SESSION = new BsonDocument("id", new BsonBinary(UUID.randomUUID()));

    /** Unauthorized, CommandNotFound, InvalidOptions, an unknown stage, and a strict Stable API. */
    @ParameterizedTest
    @CsvSource({
        "13, Unauthorized",
        "59, CommandNotFound",
        "72, InvalidOptions",
        "40324, Location40324",
        "323, APIStrictError"
    })
    void ifTheServerDoesNotShowOperationsTheNextRunWaitsForALease(int code, String name, TestMongo mongo) {
        leaveWorkBehind(mongo);
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri())) {
            line.fail(
                    command -> List.of("aggregate", "killSessions").contains(command.getFirstKey()),
                    Integer.MAX_VALUE,
                    Fault.error(code, name));
            long begun = System.nanoTime();

            try (HeldLock held = lock(mongo, client).acquire("migrate", null, event -> {})) {
                held.ensureHeld();
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(SETTINGS.lease());
            }
            assertThat(names(line)).contains("killSessions", "aggregate");
        }
        assertThatNothingIsAbandoned(mongo);
    }

    /** The same session may be known to the lock and to the history. */
    @Test
    void theSameSessionIsAwaitedOnce(TestMongo mongo) {
        leaveWorkBehind(mongo);
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri());
                HeldLock held = lock(mongo, client).acquire("migrate", null, event -> {})) {
            int before = line.commands().size();

            held.endAbandoned(List.of(SESSION));

            assertThat(line.commands()).hasSize(before);
        }
    }

    @Test
    void aFailedQueryForOperationsIsRepeated(TestMongo mongo) {
        leaveWorkBehind(mongo);
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri("retryReads=false"))) {
            line.fail("aggregate", 3, Fault.error(189, "PrimarySteppedDown"));

            try (HeldLock held = lock(mongo, client).acquire("migrate", null, event -> {})) {
                held.ensureHeld();
            }
            assertThat(line.left()).isZero();
            assertThat(names(line).stream().filter("aggregate"::equals)).hasSizeGreaterThan(3);
        }
    }

    /** A read concern of the application's is refused by $currentOp; a secondary knows nothing of the primary's operations. */
    @Test
    void thePrimaryIsQueriedWithLocalReadConcernWhateverTheApplicationsSettings(TestMongo mongo) {
        leaveWorkBehind(mongo);
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(
                        line.uri("readConcernLevel=majority", "readPreference=secondaryPreferred", "w=0"))) {
            lock(mongo, client).acquire("migrate", null, event -> {}).close();

            assertThat(line.commands())
                    .filteredOn(command -> command.getFirstKey().equals("aggregate"))
                    .isNotEmpty()
                    .allSatisfy(command -> {
                        assertThat(command.getDocument("readConcern"))
                                .isEqualTo(BsonDocument.parse("{level: 'local'}"));
                        assertThat(command.getDocument("$readPreference", new BsonDocument())
                                        .toString())
                                .doesNotContain("secondaryPreferred");
                    });
            assertThat(line.commands())
                    .filteredOn(command -> command.containsKey("writeConcern"))
                    .extracting(command -> command.getDocument("writeConcern"))
                    .containsOnly(BsonDocument.parse("{w: 'majority'}"));
        }
    }

    /** Leaves the session of a holder that died, for the next holder. */
    private static void leaveWorkBehind(TestMongo mongo) {
        EnvironmentLock lock = lock(mongo, mongo.client());
        lock.acquire("migrate", SESSION, event -> {});
        assertThat(lock.forceUnlock()).isPresent();
    }

    private static void assertThatNothingIsAbandoned(TestMongo mongo) {
        assertThat(mongo.database()
                        .getCollection(EnvironmentLock.COLLECTION)
                        .find()
                        .first())
                .doesNotContainKey("abandoned");
    }

    private static List<String> names(FaultyLine line) {
        List<String> names = new ArrayList<>();
        line.commands().forEach(command -> names.add(command.getFirstKey()));
        return names;
    }

    private static EnvironmentLock lock(TestMongo mongo, MongoClient client) {
        return new EnvironmentLock(
                MonarchEnvironment.using("test", Protection.DEFAULT, client, mongo.databaseName()), SETTINGS);
    }
}

package dev.monarch.migration;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.MonarchException;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.engine.history.MigrationState;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.HistoryImport.Tool;
import dev.monarch.test.Fault;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Imports that die: whatever was recorded, nothing runs a second time, and the next import completes the history. */
@MongoTest
class HistoryImportFaultTests {

    private static final HistoryImport MONGOCK = HistoryImport.from(Tool.MONGOCK);

    private static final List<String> IDS = List.of("1", "2", "3", "4");

    @Test
    void anImportThatDiesBetweenAnyTwoWritesIsCompletedByTheNext(TestMongo mongo) {
        int writes = (int) IntStream.rangeClosed(0, 20)
                .takeWhile(allowed -> dies(mongo, allowed))
                .count();

        assertThat(writes).as("the import has several writes").isGreaterThanOrEqualTo(3);
    }

    /**
     * Lets an import write so often, and lets every later write fail.
     *
     * @return whether it died
     */
    private static boolean dies(TestMongo mongo, int allowed) {
        mongo.database().drop();
        IDS.forEach(id -> OtherTools.insert(
                mongo.database(), "mongockChangeLog", OtherTools.mongock(id, "EXECUTED", Integer.parseInt(id))));
        boolean died = false;
        AtomicInteger written = new AtomicInteger();
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri("retryWrites=false"));
                MonarchEnvironment environment =
                        MonarchEnvironment.using("test", Protection.DEFAULT, client, mongo.databaseName())) {
            line.fail(
                    command -> command.getFirstKey().equals("update")
                            && command.getString("update").getValue().equals("monarch.history")
                            && written.getAndIncrement() >= allowed,
                    1_000,
                    Fault.error(8000, "AtlasError"));
            TestMigrations.on(environment)
                    .withRecording(IDS.toArray(String[]::new))
                    .migrator()
                    .importHistory(MONGOCK, Approval.none());
        } catch (MonarchException | MongoException e) {
            died = true;
        }
        TestMigrations next = TestMigrations.on(mongo)
                .withRecording(IDS.toArray(String[]::new))
                .withRecording("5");
        if (died) {
            assertThatExceptionOfType(OperationRefusedException.class)
                    .as("after " + allowed + " writes")
                    .isThrownBy(next::migrate)
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_HISTORY));
        }
        next.migrator().importHistory(MONGOCK, Approval.none());
        next.migrate();
        assertThat(next.ran()).as("after " + allowed + " writes").containsExactly("5");
        assertThat(next.history())
                .allSatisfy(entry -> assertThat(entry.state()).isEqualTo(MigrationState.APPLIED))
                .extracting(HistoryEntry::id)
                .containsExactly("1", "2", "3", "4", "5");
        assertThat(next.history()).extracting(HistoryEntry::sequence).isSorted();
        return died;
    }

    @Test
    void aRunThatFindsAnUnfinishedImportRefuses(TestMongo mongo) {
        mongo.database()
                .getCollection("monarch.history")
                .insertOne(new Document("_id", new Document("scope", "default").append("id", "1"))
                        .append("state", "APPLIED")
                        .append("attempts", 0)
                        .append("sequence", 1L)
                        .append("importing", "the history of Mongock in 'mongockChangeLog'"));
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("1", "2");

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(migrations::migrate)
                .withMessageContaining(
                        "the import of the history of Mongock in 'mongockChangeLog' was started and has not ended");
        assertThat(migrations.ran()).isEmpty();
    }
}

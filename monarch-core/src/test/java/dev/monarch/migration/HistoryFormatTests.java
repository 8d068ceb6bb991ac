package dev.monarch.migration;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.monarch.MigrationFailedException;
import dev.monarch.engine.history.MigrationState;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.guide.FormatPage;
import dev.monarch.guide.FormatPage.Field;
import dev.monarch.guide.SeenDocuments;
import dev.monarch.migration.Migration.OnInterrupted;
import dev.monarch.migration.Migration.Run;
import dev.monarch.migration.MigrationHook.RunPlan;
import dev.monarch.migration.MigrationSet.MigrationPolicy;
import dev.monarch.migration.RollbackPlan.RollbackTarget;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Compares docs/format.md with the lock and the history that are written and read. */
@MongoTest
class HistoryFormatTests {

    private static final FormatPage LOCK = FormatPage.section("`monarch.lock`");

    private static final FormatPage HISTORY = FormatPage.section("`monarch.history`");

    private static final MigrationHook BACKUP = new MigrationHook() {
        @Override
        public @Nullable String backup(RunPlan plan) {
            return "default__2026_11_20T103005Z";
        }
    };

    @Test
    void thePageHasExactlyTheFieldsThatAreWritten(TestMongo mongo) {
        Predicate<Field> absent = FormatPage.without(absentFrom(mongo));
        leaveLockOfTheDead(mongo);
        try (SeenDocuments seen = new SeenDocuments(mongo, mongo.databaseName(), "monarch.lock", "monarch.history");
                MonarchEnvironment environment =
                        MonarchEnvironment.using("test", Protection.DEFAULT, seen.client(), mongo.databaseName())) {
            everythingThatIsRecorded(environment, mongo.topology() == Topology.REPLICA_SET && mongo.isReal());

            Map<String, Field> history = HISTORY.fields("field");
            FormatPage.assertSame(history, FormatPage.paths(history, seen.in("monarch.history")), absent);
            assertIs("field", "environment", seen, absent);
            if (!absent.test(LOCK.fields("field of the claim").get("_id"))) {
                assertIs("field of the claim", "claim", seen, absent);
            }
        }
    }

    private static void assertIs(String header, String id, SeenDocuments seen, Predicate<Field> absent) {
        Map<String, Field> fields = LOCK.fields(header);
        FormatPage.assertSame(
                fields,
                FormatPage.paths(
                        fields,
                        seen.in("monarch.lock").stream()
                                .filter(document ->
                                        document.getString("_id").getValue().equals(id))
                                .toList()),
                absent);
    }

    private static String[] absentFrom(TestMongo mongo) {
        if (!mongo.isReal()) {
            return new String[] {"with sessions", "with transactions", "with transactional migrations"};
        }
        return mongo.topology() == Topology.STANDALONE
                ? new String[] {"with transactions", "with transactional migrations"}
                : new String[] {"without transactions"};
    }

    private static void leaveLockOfTheDead(TestMongo mongo) {
        Document session = new Document("id", new BsonBinary(UUID.randomUUID()));
        mongo.database()
                .getCollection("monarch.lock")
                .insertOne(new Document("_id", "environment")
                        .append("fence", 6L)
                        .append("token", "of the dead")
                        .append("purpose", "restore")
                        .append("host", "web-2:815")
                        .append("since", Instant.EPOCH)
                        .append("lease", 1L)
                        .append("heartbeat", Instant.EPOCH)
                        .append("beats", 0L)
                        .append("session", mongo.isReal() ? session : null));
    }

    private static void everythingThatIsRecorded(MonarchEnvironment environment, boolean transactions) {
        AtomicBoolean fails = new AtomicBoolean(true);
        MigrationPolicy changing = new MigrationPolicy(false, Run.ON_CHANGE, "2", OnInterrupted.RETRY, Set.of());
        MigrationPolicy transactional = new MigrationPolicy(true, Run.ONCE, "", OnInterrupted.RETRY, Set.of());
        TestMigrations migrations = TestMigrations.on(environment)
                .withReversible("1")
                .with("2", changing, context -> {
                    context.checkpoint(500);
                    if (fails.getAndSet(false)) {
                        throw new IllegalStateException("no such dog");
                    }
                })
                .hooked(BACKUP);
        if (transactions) {
            migrations.with("1t", transactional, context -> TestMigrations.record(context, "1t"));
        }
        assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrations::migrate);
        migrations.migrate();
        migrations.migrator().rollback(RollbackTarget.one("1"), Approval.none());
        migrations.migrator().amend(Amendment.ignore("1", "done by hand"), Approval.none());
        OtherTools.insert(environment.database(), "mongockChangeLog", OtherTools.mongock("3", "EXECUTED", 0));
        migrations.withRecording("3").migrator().importHistory(HistoryImport.ofOnlyHistory(), Approval.none());
    }

    @Test
    void theSamplesHaveEveryFieldOfTheTables() {
        assertSamplesHave(LOCK, "field", 0);
        assertSamplesHave(LOCK, "field of the claim", 1);
        assertSamplesHave(HISTORY, "field", 0);
    }

    @Test
    void thePageHasEveryState() {
        assertThat(HISTORY.words("state"))
                .containsExactlyElementsOf(
                        Stream.of(MigrationState.values()).map(Enum::name).toList());
    }

    private static void assertSamplesHave(FormatPage page, String header, int sample) {
        Map<String, Field> fields = page.fields(header);
        FormatPage.assertSame(
                fields, FormatPage.paths(fields, page.samples().subList(sample, sample + 1)), field -> false);
    }

    @Test
    void monarchCanReadTheSamples(TestMongo mongo) {
        insert(mongo, "monarch.history", HISTORY.samples().get(0));
        insert(mongo, "monarch.lock", LOCK.samples().get(0));
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("202611201030-unique-email");

        assertThat(migrations.migrator().status()).singleElement().satisfies(status -> {
            assertThat(status.state()).isEqualTo(MigrationStatus.State.APPLIED);
            assertThat(status.attempts()).isEqualTo(2);
        });
        assertThat(new EnvironmentLock(migrations.environment(), TestMigrations.QUICK_LOCK).holder())
                .hasValueSatisfying(holder -> {
                    assertThat(holder.fence()).isEqualTo(7);
                    assertThat(holder.host()).isEqualTo("web-1:4711");
                    assertThat(holder.since()).isEqualTo("2026-11-20T10:30:05Z");
                });
    }

    private static void insert(TestMongo mongo, String collection, BsonDocument document) {
        mongo.database().getCollection(collection, BsonDocument.class).insertOne(document);
    }
}

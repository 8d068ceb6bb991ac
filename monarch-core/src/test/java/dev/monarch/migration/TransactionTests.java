package dev.monarch.migration;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

import dev.monarch.InvalidMigrationsException;
import dev.monarch.LockLostException;
import dev.monarch.MigrationFailedException;
import dev.monarch.RollbackFailedException;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.engine.history.MigrationState;
import dev.monarch.environment.Approval;
import dev.monarch.migration.Migration.OnInterrupted;
import dev.monarch.migration.Migration.Run;
import dev.monarch.migration.MigrationSet.MigrationPolicy;
import dev.monarch.migration.RollbackPlan.RollbackTarget;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Migrations that are committed together with their entry in the history, or not at all. */
@MongoTest(topology = Topology.REPLICA_SET)
class TransactionTests {

    private static final MigrationPolicy TRANSACTIONAL =
            new MigrationPolicy(true, Run.ONCE, "", OnInterrupted.RETRY, Set.of());

    @Test
    void aFailedMigrationLeavesNoneOfItsThreeKindsOfWrites(TestMongo mongo) {
        MongoTemplate application = application(mongo);
        TestMigrations migrations = migrations(mongo, application).with("1", TRANSACTIONAL, context -> {
            writeInThreeWays(context, application);
            throw new IllegalStateException("no bones left");
        });

        assertThatExceptionOfType(MigrationFailedException.class)
                .isThrownBy(migrations::migrate)
                .withMessageContaining("no bones left");

        assertThat(dogs(mongo)).isZero();
        assertThat(migrations.entry("1").state()).isEqualTo(MigrationState.FAILED);
    }

    @Test
    void aSuccessfulMigrationKeepsItsThreeKindsOfWrites(TestMongo mongo) {
        MongoTemplate application = application(mongo);
        TestMigrations migrations = migrations(mongo, application).with("1", TRANSACTIONAL, context -> {
            writeInThreeWays(context, application);
            assertThat(dogs(mongo)).as("what others see before it is committed").isZero();
        });

        migrations.migrate();

        assertThat(dogs(mongo)).isEqualTo(3);
        assertThat(migrations.entry("1").state()).isEqualTo(MigrationState.APPLIED);
    }

    @Test
    void theApplicationsTemplateLeavesTheSessionAfterwards(TestMongo mongo) {
        MongoTemplate application = application(mongo);
        migrations(mongo, application)
                .with("1", TRANSACTIONAL, context -> application.insert(new Document(), "dogs"))
                .migrate();

        application.insert(new Document(), "dogs");

        assertThat(dogs(mongo)).isEqualTo(2);
    }

    @Test
    void aTransientErrorIsRetried(TestMongo mongo) {
        MongoTemplate application = application(mongo);
        mongo.database().getCollection("dogs").insertOne(new Document("_id", 1).append("bones", 0));
        AtomicInteger calls = new AtomicInteger();
        TestMigrations migrations = migrations(mongo, application).with("1", TRANSACTIONAL, context -> {
            assertThat(context.database().getCollection("dogs").find().first()).isNotNull();
            if (calls.incrementAndGet() == 1) {
                // Another client writes first, so the write below conflicts.
                mongo.database().getCollection("dogs").updateOne(Filters.eq(1), Updates.inc("bones", 10));
            }
            application.updateFirst(new Query(), new Update().inc("bones", 1), "dogs");
        });

        migrations.migrate();

        assertThat(calls).hasValue(2);
        assertThat(mongo.database().getCollection("dogs").find().first()).containsEntry("bones", 11);
        assertThat(migrations.entry("1"))
                .extracting(HistoryEntry::state, HistoryEntry::attempts)
                .containsExactly(MigrationState.APPLIED, 1);
    }

    @Test
    void aTransactionMayLastLongerThanTheHeartbeatInterval(TestMongo mongo) {
        AtomicInteger calls = new AtomicInteger();
        TestMigrations migrations = TestMigrations.on(mongo);
        migrations.with("1", TRANSACTIONAL, context -> {
            calls.incrementAndGet();
            TestMigrations.record(context, "1");
            await().until(() -> migrations.lockDocument().getNumber("beats").longValue() >= 2);
        });

        migrations.migrate();

        assertThat(calls).hasValue(1);
        assertThat(migrations.ran()).containsExactly("1");
    }

    @Test
    void aMigrationThatHasLostItsLockCommitsNothing(TestMongo mongo) {
        TestMigrations other = TestMigrations.on(mongo).withRecording("2");
        TestMigrations migrations = TestMigrations.on(mongo).with("1", TRANSACTIONAL, context -> {
            TestMigrations.record(context, "1");
            other.migrator().unlock(Approval.none());
            other.migrate();
        });

        assertThatExceptionOfType(LockLostException.class).isThrownBy(migrations::migrate);

        assertThat(migrations.ran()).containsExactly("2");
        assertThat(migrations.entry("1").state()).isEqualTo(MigrationState.RUNNING);
    }

    @Test
    void operationsThatATransactionForbidsAreExplained(TestMongo mongo) {
        mongo.database().getCollection("dogs").insertOne(new Document());
        TestMigrations migrations = TestMigrations.on(mongo)
                .with("1", TRANSACTIONAL, context -> context.template().dropCollection("dogs"));

        assertThatExceptionOfType(MigrationFailedException.class)
                .isThrownBy(migrations::migrate)
                .withMessageContaining("The server does not allow this in a transaction: to drop, rename or change a")
                .withMessageContaining("a separate migration without 'transactional = true'");
    }

    @Test
    void anIndexOnACollectionWithDocumentsIsExplained(TestMongo mongo) {
        mongo.database().getCollection("dogs").insertOne(new Document());
        TestMigrations migrations = TestMigrations.on(mongo)
                .with(
                        "1",
                        TRANSACTIONAL,
                        context -> context.database().getCollection("dogs").createIndex(new Document("name", 1)));

        assertThatExceptionOfType(MigrationFailedException.class)
                .isThrownBy(migrations::migrate)
                .withMessageContaining("or to build an index on one that has documents");
    }

    @Test
    void aMigrationInATransactionStoresNoCheckpoints(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).with("1", TRANSACTIONAL, context -> context.checkpoint(1));

        assertThatExceptionOfType(MigrationFailedException.class)
                .isThrownBy(migrations::migrate)
                .withMessageContaining("cannot store checkpoints");
    }

    @Test
    void aMigrationInATransactionIsRolledBackInATransaction(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).with("1", TRANSACTIONAL, new MongoMigration() {

            @Override
            public void up(MigrationContext context) {
                TestMigrations.record(context, "1");
            }

            @Override
            public void down(MigrationContext context) {
                TestMigrations.record(context, "-1");
                throw new IllegalStateException("no way back");
            }
        });
        migrations.migrate();

        assertThatExceptionOfType(RollbackFailedException.class)
                .isThrownBy(() -> migrations.migrator().rollback(RollbackTarget.last(1), Approval.none()));

        assertThat(migrations.ran()).containsExactly("1");
        assertThat(migrations.entry("1").state()).isEqualTo(MigrationState.ROLLING_BACK);
    }

    @Test
    @MongoTest(topology = Topology.STANDALONE)
    void aStandaloneServerIsRefusedBeforeAnyMigration(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo)
                .withRecording("1")
                .with("2", TRANSACTIONAL, context -> TestMigrations.record(context, "2"));

        assertThatExceptionOfType(InvalidMigrationsException.class)
                .isThrownBy(migrations::migrate)
                .withMessageContaining("'2' is transactional (bean '2'), but a standalone server has no transactions");

        assertThat(migrations.ran()).isEmpty();
        assertThat(migrations.history()).isEmpty();
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, own = true)
    void aTransactionThatExceedsTheServersLimitIsNotRetried(TestMongo mongo) {
        mongo.database().createCollection("ran");
        mongo.client()
                .getDatabase("admin")
                .runCommand(new Document("setParameter", 1).append("transactionLifetimeLimitSeconds", 1));
        AtomicInteger calls = new AtomicInteger();
        TestMigrations migrations = TestMigrations.on(mongo).with("1", TRANSACTIONAL, context -> {
            calls.incrementAndGet();
            TestMigrations.record(context, "1");
            // Waits until the server has ended the transaction, so that every later call in it fails.
            while (true) {
                context.database().getCollection("ran").countDocuments();
            }
        });

        assertThatExceptionOfType(MigrationFailedException.class)
                .isThrownBy(migrations::migrate)
                .withMessageContaining("took longer than the 1 s that the server allows");

        assertThat(calls).hasValue(1);
        assertThat(migrations.ran()).isEmpty();
        assertThat(migrations.entry("1").state()).isEqualTo(MigrationState.FAILED);
    }

    private static TestMigrations migrations(TestMongo mongo, MongoTemplate application) {
        return TestMigrations.on(mongo).inAnApplicationWith(application.getMongoDatabaseFactory());
    }

    private static MongoTemplate application(TestMongo mongo) {
        return new MongoTemplate(new SimpleMongoClientDatabaseFactory(mongo.client(), mongo.databaseName()));
    }

    private static void writeInThreeWays(MigrationContext context, MongoTemplate application) {
        context.database().getCollection("dogs").insertOne(new Document("by", "the driver"));
        context.template().insert(new Document("by", "the context's template"), "dogs");
        application.insert(new Document("by", "the application's template"), "dogs");
    }

    private static long dogs(TestMongo mongo) {
        return mongo.database().getCollection("dogs").countDocuments();
    }
}

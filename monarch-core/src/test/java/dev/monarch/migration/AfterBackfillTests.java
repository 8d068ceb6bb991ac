package dev.monarch.migration;

import java.util.List;
import java.util.Set;

import com.mongodb.client.model.Filters;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;

import dev.monarch.Fact;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.backfill.BackfillSet;
import dev.monarch.backfill.BackfillSet.RegisteredBackfill;
import dev.monarch.backfill.Backfills;
import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.backfill.TestBackfills.WeightInKg;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.Migration.OnInterrupted;
import dev.monarch.migration.Migration.Run;
import dev.monarch.migration.MigrationSet.MigrationPolicy;
import dev.monarch.migration.MigrationSet.RegisteredMigration;
import dev.monarch.migration.MigrationStatus.State;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Migrations that must run after a backfill. */
@MongoTest
class AfterBackfillTests {

    private static final RegisteredBackfill BACKFILL = new RegisteredBackfill("1-kg", new WeightInKg());

    @Test
    void itIsRefusedWithTheProgressUntilTheBackfillIsDone(TestMongo mongo) {
        MonarchEnvironment environment = TestMigrations.on(mongo).environment();
        mongo.database()
                .getCollection("dogs", BsonDocument.class)
                .insertMany(List.of(dog(1), BsonDocument.parse("{_id: 2, grams: 'heavy'}")));
        Migrator migrator = migrator(environment, BackfillSet.of(List.of(BACKFILL)), Set.of("1-kg"));

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(migrator::migrate)
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.BACKFILL_UNFINISHED))
                .withMessage(
                        "Refused to migrate 'test': migration '2-drop-grams' must run after backfill '1-kg', which has"
                                + " not started (0 % of pass 1, 0 documents changed, 0 set aside). Nothing has been changed.");

        Backfills backfills = new Backfills(environment, BackfillSet.of(List.of(BACKFILL)), BackfillSettings.DEFAULT);
        backfills.run("1-kg");
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(migrator::migrate)
                .withMessageContaining("which failed (")
                .withMessageContaining("1 documents changed, 1 set aside): 1 document could not be changed");
        assertThat(migrator.plan().warnings()).extracting(Fact::reason).containsExactly(Reason.BACKFILL_UNFINISHED);
        assertThat(migrator.status()).singleElement().satisfies(status -> {
            assertThat(status.id()).isEqualTo("2-drop-grams");
            assertThat(status.state()).isEqualTo(State.PENDING);
        });

        mongo.database().getCollection("dogs").deleteOne(Filters.eq("_id", 2));
        backfills.retryFailed("1-kg");
        backfills.run("1-kg");
        assertThat(migrator.migrate().applied()).hasSize(1);
        assertThat(migrator.status())
                .as("the history's entry of the backfill is not a missing migration")
                .extracting(MigrationStatus::state)
                .containsExactly(State.APPLIED);
        assertThat(migrator.plan().warnings()).isEmpty();
    }

    @Test
    void aBackfillWithoutDocumentsDoesNotHoldUpANewDatabase(TestMongo mongo) {
        MonarchEnvironment environment = TestMigrations.on(mongo).environment();

        assertThat(migrator(environment, BackfillSet.of(List.of(BACKFILL)), Set.of("1-kg"))
                        .migrate()
                        .applied())
                .hasSize(1);
    }

    @Test
    void aBackfillThatDoesNotRunHereDoesNotCount(TestMongo mongo) {
        MonarchEnvironment environment = TestMigrations.on(mongo).environment();
        mongo.database().getCollection("dogs", BsonDocument.class).insertOne(dog(1));
        BackfillSet elsewhere =
                BackfillSet.of(List.of(new RegisteredBackfill("1-kg", new WeightInKg(), Set.of("archive"), "bean")));

        assertThat(migrator(environment, elsewhere, Set.of("1-kg")).migrate().applied())
                .hasSize(1);
    }

    @Test
    void aBackfillThatNooneKnowsIsNamed(TestMongo mongo) {
        MonarchEnvironment environment = TestMigrations.on(mongo).environment();

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> migrator(environment, BackfillSet.of(List.of()), Set.of("1-pounds"))
                        .migrate())
                .withMessageContaining("backfill '1-pounds', which neither this application nor the history knows");
    }

    private static Migrator migrator(MonarchEnvironment environment, BackfillSet backfills, Set<String> after) {
        MigrationPolicy policy = new MigrationPolicy(false, Run.ONCE, "", OnInterrupted.RETRY, Set.of(), after);
        RegisteredMigration migration = new RegisteredMigration(
                "2-drop-grams", context -> TestMigrations.record(context, "2-drop-grams"), policy, "bean");
        return new Migrator(environment, MigrationSet.of(List.of(migration), backfills), MigrationSettings.DEFAULT);
    }

    private static BsonDocument dog(int id) {
        return new BsonDocument("_id", new BsonInt32(id)).append("grams", new BsonInt32(id * 1000));
    }
}

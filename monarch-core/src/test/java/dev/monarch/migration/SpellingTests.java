package dev.monarch.migration;

import java.util.List;
import java.util.function.Consumer;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.monarch.InvalidMigrationsException;
import dev.monarch.environment.Approval;
import dev.monarch.migration.MigrationReport.AppliedMigration;
import dev.monarch.migration.RollbackPlan.RollbackTarget;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Ids that differ from those in the history only by leading zeros are refused. */
@MongoTest
class SpellingTests {

    record Operation(String name, Consumer<Migrator> call) {

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Operation> operations() {
        return List.of(
                new Operation("plan", Migrator::plan),
                new Operation("migrate", Migrator::migrate),
                new Operation("status", Migrator::status),
                new Operation("roll back", migrator -> migrator.rollback(RollbackTarget.one("010"), approval())),
                new Operation("roll back the old one", migrator -> migrator.planRollback(RollbackTarget.one("10"))),
                new Operation("ignore", migrator -> migrator.amend(Amendment.ignore("010", "tidy"), approval())),
                new Operation("resolve", migrator -> migrator.planAmendment(Amendment.resolvePending("2", "tidy"))));
    }

    @BeforeEach
    void threeHaveRun(TestMongo mongo) {
        TestMigrations.on(mongo).withReversible("1", "2", "10").migrate();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void theMessageNamesBothSpellings(Operation operation, TestMongo mongo) {
        TestMigrations padded = TestMigrations.on(mongo).withReversible("001", "002", "010", "011");

        assertThatThrownBy(() -> operation.call().accept(padded.migrator()))
                .isInstanceOf(InvalidMigrationsException.class)
                .hasMessageContaining(
                        "The history says that '1' is APPLIED, and the migration here is called '001' (bean"
                                + " '001'): the ids differ only by leading zeros, and are not the same migration. Rename it to"
                                + " '1'.")
                .hasMessageContaining("'010'");
        assertThat(padded.ran()).containsExactly("1", "2", "10");
    }

    @Test
    void aFailedMigrationIsNotStartedAgainUnderAnotherName(TestMongo mongo) {
        setState(mongo, "2", "FAILED");
        TestMigrations padded = TestMigrations.on(mongo).withReversible("1", "002", "10");

        assertThatThrownBy(padded::migrate)
                .hasMessageContaining("'2' is FAILED")
                .hasMessageContaining("'002'");
    }

    @Test
    void aPendingMigrationCanBeRenamed(TestMongo mongo) {
        setState(mongo, "10", "ROLLED_BACK");
        TestMigrations padded = TestMigrations.on(mongo).withReversible("1", "2", "010");

        assertThat(padded.migrate().applied()).extracting(AppliedMigration::id).containsExactly("010");
        assertThat(padded.migrator().plan().isUpToDate()).isTrue();
    }

    @Test
    void theEntryWithTheSameSpellingCounts(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).withReversible("1", "2", "10");
        mongo.database()
                .getCollection("monarch.history")
                .insertOne(Document.parse("{_id: {scope: 'default', id: '002'}, state: 'FAILED', attempts: 1}"));

        assertThat(migrations.migrator().plan().isUpToDate()).isTrue();
        assertThat(migrations.migrator().plan().warnings())
                .singleElement()
                .asString()
                .contains("'002'");
    }

    private static Approval approval() {
        return Approval.confirmed();
    }

    private static void setState(TestMongo mongo, String id, String state) {
        mongo.database()
                .getCollection("monarch.history")
                .updateOne(Filters.eq("_id.id", id), Updates.set("state", state));
    }
}

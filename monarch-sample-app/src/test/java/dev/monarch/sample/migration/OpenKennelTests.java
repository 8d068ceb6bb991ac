package dev.monarch.sample.migration;

import org.junit.jupiter.api.Test;

import dev.monarch.MigrationFailedException;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@MongoTest
class OpenKennelTests {

    @Test
    void fillsTheKennel(TestMongo mongo) {
        KennelDatabase database = KennelDatabase.of(mongo).up(OpenKennel.class);

        assertIsFull(database);
    }

    @Test
    void finishesAnInterruptedRun(TestMongo mongo) {
        KennelDatabase database = KennelDatabase.of(mongo);
        assertThatThrownBy(() -> database.upInterrupted(OpenKennel.class, 3))
                .isInstanceOf(MigrationFailedException.class)
                .hasRootCauseMessage(InterruptedMigrations.REASON);
        assertThat(database.count("dog_houses", "{}")).isEqualTo(300);
        assertThat(database.count("dogs", "{}"))
                .as("two batches after that of the houses")
                .isEqualTo(1_000);
        assertThat(database.count("accounts", "{}")).isZero();

        database.up(OpenKennel.class);

        assertIsFull(database);
    }

    @Test
    void completesAPartiallyWrittenBatch(TestMongo mongo) {
        KennelDatabase database = KennelDatabase.of(mongo).up(OpenKennel.class);
        database.delete("dogs", "{_id: {$in: ['dog-0003', 'dog-0250', 'dog-2000']}}");
        database.delete("accounts", "{}");

        database.up(OpenKennel.class);

        assertIsFull(database);
    }

    @Test
    void doesNotChangeExistingDocuments(TestMongo mongo) {
        KennelDatabase database = KennelDatabase.of(mongo).up(OpenKennel.class);
        database.update("dogs", "{_id: 'dog-0003'}", "{$set: {name: 'Somebody'}}");

        database.up(OpenKennel.class);

        assertThat(database.count("dogs", "{name: 'Somebody'}")).isEqualTo(1);
        assertThat(database.count("dogs", "{}")).isEqualTo(2_000);
    }

    private static void assertIsFull(KennelDatabase database) {
        assertThat(database.documents("dog_houses")).isEqualTo(KennelSeed.houses());
        assertThat(database.documents("dogs")).isEqualTo(KennelSeed.dogs());
        assertThat(database.documents("accounts")).isEqualTo(KennelSeed.accounts());
    }
}

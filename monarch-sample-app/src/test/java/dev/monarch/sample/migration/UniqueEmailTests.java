package dev.monarch.sample.migration;

import com.mongodb.MongoWriteException;
import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.MigrationFailedException;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@MongoTest
class UniqueEmailTests {

    @Test
    void twoAccountsCannotHaveTheSameEmail(TestMongo mongo) {
        KennelDatabase database = KennelDatabase.of(mongo).up(OpenKennel.class, UniqueEmail.class);

        assertThatExceptionOfType(MongoWriteException.class)
                .isThrownBy(() -> database.insert("accounts", "{_id: 1, email: 'account-0042@kennel.example'}"))
                .withMessageContaining("E11000");
        database.insert("accounts", "{_id: 1, email: 'account-1001@kennel.example'}");
        assertThat(database.count("accounts", "{}")).isEqualTo(1_001);
    }

    @Test
    void canRunAgain(TestMongo mongo) {
        KennelDatabase database = KennelDatabase.of(mongo).up(UniqueEmail.class).up(UniqueEmail.class);

        assertThat(database.indexes("accounts"))
                .extracting(index -> index.get("key"), index -> index.getBoolean("unique", false))
                .filteredOn(index -> index.toList().get(1).equals(true))
                .extracting(index -> index.toList().get(0))
                .containsOnlyOnce(new Document("email", 1));
    }

    @Test
    void failsIfTwoAccountsHaveTheSameEmail(TestMongo mongo) {
        KennelDatabase database = KennelDatabase.of(mongo);
        database.insert("accounts", "{_id: 1, email: 'account-0001@kennel.example'}");
        database.insert("accounts", "{_id: 2, email: 'account-0001@kennel.example'}");

        assertThatExceptionOfType(MigrationFailedException.class)
                .isThrownBy(() -> database.up(UniqueEmail.class))
                .withStackTraceContaining("account-0001@kennel.example");
    }
}

package dev.monarch.sample.migration;

import org.junit.jupiter.api.Test;

import dev.monarch.MigrationFailedException;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@MongoTest(topology = Topology.REPLICA_SET)
class DepositsTests {

    private static final String REPLICA_SET = "--spring.profiles.active=replica-set";

    @Test
    void upTakesADepositFromEveryAccountAndDownReturnsIt(TestMongo mongo) {
        KennelDatabase database = KennelDatabase.of(mongo).with(REPLICA_SET).up(OpenKennel.class, Deposits.class);

        assertThat(database.count("ledger", "{deposit: 50}")).isEqualTo(KennelSeed.ACCOUNTS);
        assertThat(database.count("accounts", "{balance: 50}")).isEqualTo(KennelSeed.ACCOUNTS);

        database.down(Deposits.class);
        assertThat(database.documents("ledger")).isEmpty();
        assertThat(database.count("accounts", "{balance: {$exists: true}}")).isZero();
    }

    @Test
    void ifOneDepositFailsNoneIsTaken(TestMongo mongo) {
        KennelDatabase database = KennelDatabase.of(mongo).with(REPLICA_SET).up(OpenKennel.class);
        database.insert("ledger", "{_id: 'account-0900'}");

        assertThatThrownBy(() -> database.up(Deposits.class)).isInstanceOf(MigrationFailedException.class);

        assertThat(database.documents("ledger")).hasSize(1);
        assertThat(database.count("accounts", "{balance: {$exists: true}}")).isZero();
    }

    @Test
    void theMigrationExistsOnlyInItsProfile(TestMongo mongo) {
        KennelDatabase database = KennelDatabase.of(mongo).up(OpenKennel.class, Deposits.class);

        assertThat(database.documents("ledger")).isEmpty();
    }
}

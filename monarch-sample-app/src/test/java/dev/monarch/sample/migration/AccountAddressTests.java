package dev.monarch.sample.migration;

import java.util.List;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.MigrationFailedException;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@MongoTest
class AccountAddressTests {

    @Test
    void movesStreetAndCityIntoTheAddress(TestMongo mongo) {
        KennelDatabase database = KennelDatabase.of(mongo).up(OpenKennel.class, AccountAddress.class);

        assertThat(database.documents("accounts"))
                .isEqualTo(KennelSeed.accounts().stream()
                        .map(AccountAddressTests::inNewShape)
                        .toList());
    }

    @Test
    void aRunAfterAnInterruptionHasTheSameResult(TestMongo mongo) {
        List<Document> expected = KennelDatabase.of(mongo, "-2")
                .up(OpenKennel.class, AccountAddress.class)
                .documents("accounts");
        KennelDatabase database = KennelDatabase.of(mongo).up(OpenKennel.class);

        assertThatThrownBy(() -> database.upInterrupted(AccountAddress.class, 2))
                .isInstanceOf(MigrationFailedException.class)
                .hasRootCauseMessage(InterruptedMigrations.REASON);
        assertThat(database.count("accounts", "{address: {$exists: true}, street: {$exists: false}}"))
                .as("two batches of 200")
                .isEqualTo(400);
        assertThat(database.count("accounts", "{address: {$exists: false}, street: {$exists: true}}"))
                .isEqualTo(600);

        database.up(AccountAddress.class);
        assertThat(database.documents("accounts")).isEqualTo(expected);

        database.up(AccountAddress.class);
        assertThat(database.documents("accounts")).isEqualTo(expected);
    }

    private static Document inNewShape(Document account) {
        Document shaped = new Document(account);
        return shaped.append(
                "address", new Document("street", shaped.remove("street")).append("city", shaped.remove("city")));
    }
}

package dev.monarch.spring.boot.command;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs of migrate-one. */
@MongoTest
class MigrateOneVerbTests {

    @Test
    void migrateOneRunsItAgainWhateverItsState(TestMongo mongo) {
        Commands.on(mongo).run("migrate");
        mongo.database().getCollection("animals").deleteMany(new Document());
        assertThat(Commands.on(mongo).run("migrate-one", "1-first-animals").exit())
                .isZero();
        assertThat(Shelter.animals(mongo)).containsExactly("Rex");
    }
}

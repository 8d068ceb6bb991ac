package dev.monarch.spring.boot.command;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Drops of databases, and refusals. */
@MongoTest
class DropDbVerbTests {

    private final TestMongo mongo;

    DropDbVerbTests(TestMongo mongo) {
        this.mongo = mongo;
        mongo.database().getCollection("dogs").insertOne(new Document("_id", 1));
    }

    private Commands commands() {
        return new Commands()
                .with(
                        "--spring.mongodb.uri=" + mongo.uri(),
                        "--monarch.environments.live.uri=" + mongo.uri(mongo.databaseName()));
    }

    @Test
    void ifDropsAreDisabledThereIsNoPrompt() {
        for (String option : new String[] {"--yes", "--confirm=live", "--confirm=typo"}) {
            Result result = commands().run("drop-db", "live", option);
            assertThat(result.exit()).as(option).isEqualTo(3);
            assertThat(result.err())
                    .as(option)
                    .isEqualTo(
                            "Refused to drop the database of 'live': it is protected, and dropping protected databases"
                                    + " is disabled. Nothing has been changed. To drop it anyway, set"
                                    + " monarch.drop-enabled=true for this one run.\n");
        }
        assertThat(commands().typing("live").run("drop-db", "live").exit()).isEqualTo(3);
        assertThat(mongo.database().getCollection("dogs").countDocuments()).isOne();
    }

    @Test
    void ifDropsAreEnabledTheNameIsRequired() {
        Commands enabled = commands().with("--monarch.drop-enabled=true");
        assertThat(enabled.run("drop-db", "live", "--yes").err())
                .contains("'live' is protected, and --yes does not suffice: confirm with --confirm live");
        assertThat(enabled.run("drop-db", "live", "--confirm", "live").exit()).isZero();
        assertThat(mongo.database().listCollectionNames()).isEmpty();
    }

    @Test
    void ifTheDatabaseIsEmptyThereIsNoPrompt() {
        mongo.database().drop();
        Result result = commands().with("--monarch.drop-enabled=true").run("drop-db", "live");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out())
                .isEqualTo(
                        "There is nothing to drop: the database '" + mongo.databaseName() + "' of 'live' is empty.\n");
    }
}

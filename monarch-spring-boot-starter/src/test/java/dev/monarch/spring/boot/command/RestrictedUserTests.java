package dev.monarch.spring.boot.command;

import java.util.List;

import org.assertj.core.api.SoftAssertions;
import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestUser;

import static org.assertj.core.api.Assertions.assertThat;

/** If a user lacks privileges, a command says so before it asks for anything. */
@MongoTest(own = true, accessControl = true)
class RestrictedUserTests {

    @Test
    void whatIsRefusedAnywayAsksForNothing(TestMongo mongo) {
        assertThat(production(mongo.uri())
                        .run("migrate", "--to", "1-first-animals")
                        .exit())
                .isZero();
        mongo.database().getCollection("done").insertOne(new Document("_id", "2-long-walk").append("state", "OK"));
        Commands visitor =
                production(TestUser.create(mongo, "visitor", "read").uri()).with("--monarch.drop-enabled=true");

        SoftAssertions softly = new SoftAssertions();
        for (String[] command : List.of(
                new String[] {"ignore", "2-long-walk", "production"},
                new String[] {"rollback", "production", "--last"},
                new String[] {
                    "import-history", "production", "--collection=done", "--id-field=_id", "--applied-if={state: 'OK'}"
                },
                new String[] {"drop-db", "production"})) {
            Result result = visitor.run(command);

            softly.assertThat(result.exit()).as(command[0]).isEqualTo(3);
            softly.assertThat(result.err())
                    .as(command[0])
                    .contains("this user lacks the privileges")
                    .doesNotContain("--confirm");
        }
        softly.assertAll();
    }

    private static Commands production(String uri) {
        return new Commands().with("--spring.mongodb.uri=" + uri, "--monarch.environment=production");
    }
}

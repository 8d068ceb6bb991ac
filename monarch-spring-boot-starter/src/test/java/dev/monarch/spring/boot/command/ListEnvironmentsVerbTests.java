package dev.monarch.spring.boot.command;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** The output of list-environments. */
@MongoTest
class ListEnvironmentsVerbTests {

    @Test
    void eachEnvironmentIsListedWithoutItsPassword(TestMongo mongo) {
        String staging = mongo.databaseName() + "s";
        Commands commands = Commands.on(mongo)
                .with(
                        "--monarch.environments.staging.uri=" + mongo.uri(staging),
                        "--monarch.environments.production.uri=mongodb://keeper:hunter2@localhost:1/kennel"
                                + "?serverSelectionTimeoutMS=200",
                        "--monarch.environments.broken.uri=mongodb://keeper:hunter2@${NOWHERE}/kennel");
        Result result = commands.run("list-environments");
        assertThat(result.exit()).isZero();
        assertThat(result.out())
                .containsPattern("default \\* +\\S+ +" + mongo.databaseName() + " +no +yes +\\S+ +2\n")
                .containsPattern("staging +\\S+ +" + staging + " +no +yes +\\S+ +2\n")
                .containsPattern("production +localhost:1 +kennel +yes +no +- +-\n")
                .containsPattern("broken +- +- +- +no +- +-\n")
                .contains(
                        "production: Cannot reach environment 'production'",
                        "broken: Environment 'broken' cannot be used")
                .doesNotContain("hunter2");
        Result several = commands.with("--monarch.migrations.environments=default,staging")
                .run("list-environments");
        assertThat(several.out())
                .containsPattern("default \\* +")
                .containsPattern("staging \\+ +")
                .containsPattern("production +");
        Result json = commands.run("list-environments", "--output", "json");
        assertThat(json.out() + json.err()).doesNotContain("hunter2");
        assertThat(json.json().getList("environments", Document.class))
                .extracting(environment -> environment.get("reachable"))
                .containsExactly(true, true, false, false);
        assertThat(json.json().getList("environments", Document.class))
                .extracting(environment -> environment.get("migrated"))
                .containsExactly(true, true, false, false);
    }
}

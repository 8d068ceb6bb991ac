package dev.monarch.spring.boot.command;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** The output of list-query-sets. */
@MongoTest
class ListQuerySetsVerbTests {

    @Test
    void querySetsAreListedWithTheirParameters(TestMongo mongo) {
        Commands commands = Commands.on(mongo).and(CopyDbVerbTests.Sets.class);
        Result result = commands.run("list-query-sets");
        assertThat(result.exit()).isZero();
        assertThat(result.out())
                .startsWith("SomeDogs\n")
                .contains("  -p upTo=…  ", ": the last dog\n", "  -p token=…  ", "; secret\n", "; default: false\n");
        assertThat(commands.run("list-query-sets", "--output", "json").json().getList("querySets", Document.class))
                .singleElement()
                .satisfies(set ->
                        assertThat(set.getList("parameters", Document.class)).hasSize(3));
        assertThat(Commands.on(mongo).run("list-query-sets").out()).startsWith("There are no query sets yet.");
    }
}

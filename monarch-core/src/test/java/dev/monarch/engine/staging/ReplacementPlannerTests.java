package dev.monarch.engine.staging;

import java.util.List;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.junit.jupiter.api.Test;

import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.LoadOptions;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

@MongoTest
class ReplacementPlannerTests {

    /** If the target changes while the run waits for the lock, the plan is made again. The privileges stay the same. */
    @Test
    void privilegesAreQueriedOnceForAllPlansOfAReplacement(TestMongo mongo) {
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri())) {
            ReplacementPlanner planner = new ReplacementPlanner(
                    MonarchEnvironment.using("target", Protection.DEFAULT, client, mongo.databaseName()), request());
            Catalogue nothing = new Catalogue("kennel", List.of());

            assertThat(planner.plan(nothing, 0).isPossible()).isTrue();
            mongo.database().createCollection("dogs");
            assertThat(planner.plan(nothing, 0).removed()).containsExactly("dogs");

            assertThat(line.commands())
                    .filteredOn(command -> command.getFirstKey().equals("connectionStatus"))
                    .hasSize(1);
        }
    }

    private static StagingRequest request() {
        return new StagingRequest(
                "restore into",
                new StagingRequest.Replacement(true, "monarch.history"),
                LoadOptions.DEFAULT,
                StagingRequest.DEFAULT_RENAME_LIMIT);
    }
}

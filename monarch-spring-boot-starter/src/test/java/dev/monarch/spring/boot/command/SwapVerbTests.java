package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.JournalEntries;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static dev.monarch.test.JournalEntries.step;
import static org.assertj.core.api.Assertions.assertThat;

/** Commands show, continue and abandon an interrupted replacement. */
@MongoTest
class SwapVerbTests {

    private final TestMongo mongo;

    SwapVerbTests(TestMongo mongo) {
        this.mongo = mongo;
    }

    private Commands commands() {
        return Commands.on(mongo);
    }

    /** Cats are replaced, dogs are not, and birds are not removed yet. */
    private void interrupt() {
        mongo.database().getCollection("cats").insertOne(new Document("_id", "new"));
        mongo.database().getCollection("dogs").insertOne(new Document("_id", "old"));
        mongo.database().getCollection("birds").insertOne(new Document("_id", "old"));
        mongo.database().getCollection("monarch.stage.1a2b3c4d.1").insertOne(new Document("_id", "new"));
        journal(
                "SWAPPING",
                step("RENAME", "cats").append("staging", "monarch.stage.1a2b3c4d.0"),
                step("RENAME", "dogs")
                        .append("staging", "monarch.stage.1a2b3c4d.1")
                        .append("replaces", identity("dogs")),
                step("DROP", "birds").append("replaces", identity("birds")));
    }

    private Document identity(String name) {
        return JournalEntries.identity(mongo.database(), name);
    }

    private void journal(String state, Document... steps) {
        JournalEntries.insert(mongo.database(), JournalEntries.swap(state, steps));
    }

    private List<String> names() {
        return mongo.database().listCollectionNames().into(new ArrayList<>()).stream()
                .filter(name -> !name.equals("monarch.lock") && !name.equals("monarch.journal"))
                .sorted()
                .toList();
    }

    private String onlyId(String collection) {
        List<Document> all = mongo.database().getCollection(collection).find().into(new ArrayList<>());
        assertThat(all).hasSize(1);
        return all.get(0).getString("_id");
    }

    @Test
    void withoutAnInterruptedSwapTheOutputSaysSo() {
        for (String option : List.of("--status", "--retry", "--abandon")) {
            Result result = commands().run("swap", "default", option);
            assertThat(result.exit()).as(option).isZero();
            assertThat(result.out()).isEqualTo("Environment 'default': no swap is interrupted.\n");
        }
        assertThat(commands().run("swap", "--status", "--output=json").json()).containsEntry("swap", null);
    }

    @Test
    void anActionIsRequired() {
        for (String[] words : new String[][] {
            {"swap"},
            {"swap", "--retry", "--abandon"},
            {"swap", "--status", "--accept-lost-writes"},
            {"swap", "nowhere", "--status"}
        }) {
            Result result = commands().run(words);
            assertThat(result.exit()).as(String.join(" ", words)).isEqualTo(2);
            assertThat(result.err())
                    .as(String.join(" ", words))
                    .containsAnyOf(
                            "Missing: one of --status, --retry, --abandon",
                            "mutually exclusive",
                            "needs --retry",
                            "no environment 'nowhere'");
        }
    }

    @Test
    void theStatusShowsEveryStepAndChangesNothing() {
        interrupt();
        List<String> before = names();

        Result text = commands().run("swap", "default", "--status");

        assertThat(text.exit()).as(text.err()).isZero();
        assertThat(text.out())
                .startsWith("COLLECTION  STEP     STATE\n")
                .containsPattern("(?m)^cats +replace +done$")
                .containsPattern("(?m)^dogs +replace +pending$")
                .containsPattern("(?m)^birds +remove +pending$")
                .contains("A swap by web-1:4711 since 1970-01-01 00:00:00Z has not ended: 1 of 3 steps are done.");
        Document json =
                commands().run("swap", "--status", "--output", "json").json().get("swap", Document.class);
        assertThat(json).containsEntry("done", 1).containsEntry("total", 3);
        assertThat(json.getList("steps", Document.class))
                .extracting(step -> step.getString("state"))
                .containsExactly("DONE", "PENDING", "PENDING");
        assertThat(names()).isEqualTo(before);
    }

    @Test
    void statusAndDryRunsReportTheSwap() {
        interrupt();
        String said = "has not ended: 1 of 3 steps are done.";

        assertThat(commands().run("status").out()).contains(said, "'monarch swap default --status'");
        assertThat(commands().run("status", "--output=json").json().get("swap", Document.class))
                .containsEntry("done", 1);
        for (String[] dryRun : new String[][] {
            {"migrate", "--dry-run"},
            {"migrate-one", "1-first-animals", "--dry-run"},
            {"rollback", "--last", "--dry-run"},
            {"ignore", "--all", "--dry-run"},
            {"baseline", "1-first-animals", "--dry-run"}
        }) {
            Result result = commands().run(dryRun);
            assertThat(result.exit()).as(result.err()).isZero();
            assertThat(result.err()).as(String.join(" ", dryRun)).contains("Warning: A swap by web-1:4711", said);
        }
        assertThat(commands()
                        .run("migrate", "--dry-run", "--output=json")
                        .json()
                        .getList("warnings", String.class))
                .singleElement()
                .asString()
                .contains(said);
        assertThat(onlyId("dogs")).isEqualTo("old");
    }

    @Test
    void aRetryCompletesTheSwap() {
        interrupt();

        Result result = commands().run("swap", "--retry");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("Environment 'default': the swap is complete: all 3 steps are done.\n");
        assertThat(names()).containsExactly("cats", "dogs");
        assertThat(onlyId("dogs")).isEqualTo("new");
        assertThat(mongo.database().getCollection("monarch.journal").countDocuments())
                .isZero();
    }

    @Test
    void anAmendmentCompletesTheSwapFirst() {
        interrupt();

        assertThat(commands().run("ignore", "--all").exit()).isZero();

        assertThat(onlyId("dogs")).isEqualTo("new");
        assertThat(Shelter.history(mongo)).containsExactly("1-first-animals IGNORED", "2-long-walk IGNORED");
    }

    @Test
    void abandoningNeedsAConfirmationAndKeepsReplacedCollections() {
        interrupt();
        Result unconfirmed = commands().run("swap", "--abandon");
        assertThat(unconfirmed.exit()).isEqualTo(3);
        assertThat(unconfirmed.err()).contains("1 of 3 steps are done", "confirm with --yes");
        assertThat(mongo.database().getCollection("monarch.journal").countDocuments())
                .isOne();

        Result result = commands().run("swap", "--abandon", "--yes");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out())
                .contains(
                        "the swap is abandoned; 1 of 3 steps were done.\n",
                        "  replaced or removed: cats\n",
                        "  unchanged: dogs, birds\n");
        assertThat(names()).containsExactly("birds", "cats", "dogs");
        assertThat(onlyId("dogs")).isEqualTo("old");
        assertThat(mongo.database().getCollection("monarch.journal").countDocuments())
                .isZero();
    }

    @Test
    void aBlockedStepIsCompletedOnlyIfTheLossIsAccepted() {
        mongo.database().getCollection("dogs").insertOne(new Document("_id", "of others"));
        mongo.database().getCollection("monarch.stage.1a2b3c4d.0").insertOne(new Document("_id", "new"));
        journal("SWAPPING", step("RENAME", "dogs").append("staging", "monarch.stage.1a2b3c4d.0"));

        assertThat(commands().run("swap", "--status").out())
                .containsPattern("(?m)^dogs +replace +blocked$")
                .contains(
                        "0 of 1 steps are done, and others have changed collections that it has yet to replace.",
                        "--abandon");
        assertThat(commands().run("swap", "--retry").exit()).isEqualTo(1);
        assertThat(commands().run("swap", "--retry", "--accept-lost-writes").exit())
                .isEqualTo(3);
        assertThat(onlyId("dogs")).isEqualTo("of others");

        Result accepted = commands().run("swap", "--retry", "--accept-lost-writes", "--yes");

        assertThat(accepted.exit()).as(accepted.err()).isZero();
        assertThat(onlyId("dogs")).isEqualTo("new");
    }

    @Test
    void aRetryThatLosesNothingAsksForNothing() {
        interrupt();

        Result result = commands().run("swap", "--retry", "--accept-lost-writes");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("Environment 'default': the swap is complete: all 3 steps are done.\n");
    }

    @Test
    void aRetryDoesNotCompleteARestoreInPlace() {
        mongo.database().getCollection("dogs").insertOne(new Document("_id", "half"));
        journal("LOADING_IN_PLACE");

        Result retried = commands().run("swap", "--retry");
        assertThat(retried.exit()).isEqualTo(1);
        assertThat(retried.out()).contains("the data is incomplete. Run the restore again.");

        assertThat(commands().run("swap", "--abandon", "--yes").exit()).isZero();
        assertThat(commands().run("swap", "--status").out()).contains("no swap is interrupted");
    }

    @Test
    void foreignEntriesAreNamedAndIgnoredUntilAbandoned() {
        mongo.database().getCollection("dogs").insertOne(new Document("_id", "here"));
        JournalEntries.insertForeign(mongo.database(), step("DROP", "dogs").append("replaces", identity("dogs")));
        String said =
                "The journal of 'default' has an entry ('1a2b3c4d') that is not its own: it belongs to the database 'shop'. Monarch ignores it. 'monarch swap default --abandon' removes it";

        assertThat(commands().run("status").out()).contains(said);
        assertThat(commands().run("migrate").err()).contains("Warning: " + said);
        assertThat(commands().run("swap", "--retry").out()).contains("no swap is interrupted.", said);
        assertThat(commands().run("swap", "--status", "--output=json").json().getList("foreignJournal", Document.class))
                .containsExactly(new Document("id", "1a2b3c4d").append("reason", "it belongs to the database 'shop'"));
        assertThat(commands().run("swap", "--abandon").exit()).isEqualTo(3);
        assertThat(onlyId("dogs")).isEqualTo("here");

        Result result = commands().run("swap", "--abandon", "--yes");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out())
                .isEqualTo(
                        "Environment 'default': the entry '1a2b3c4d', which belonged to another journal, is removed.\n");
        assertThat(onlyId("dogs")).isEqualTo("here");
        assertThat(mongo.database().getCollection("monarch.journal").countDocuments())
                .isZero();
    }
}

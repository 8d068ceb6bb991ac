package dev.monarch.backup;

import java.nio.file.Path;
import java.util.Date;
import java.util.List;

import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.TransferFailedException;
import dev.monarch.environment.Approval;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.replacement.ReplacementPlan;
import dev.monarch.test.JournalEntries;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.transfer.CollectionSelection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A plan reports what a restore would remove, and an unfinished restore in place is remembered. */
@MongoTest
class ReplacementSafetyTests {

    @TempDir
    private Path parent;

    private static MongoDatabase target(TestMongo mongo) {
        String name = mongo.databaseName() + "_b";
        mongo.uri(name);
        return mongo.client().getDatabase(name);
    }

    private Kennel kennel(TestMongo mongo) {
        return Kennel.of(
                parent.resolve("backups"),
                KennelDatabase.environment("kennel", mongo.client(), mongo.databaseName()),
                KennelDatabase.environment(
                        "staging", mongo.client(), target(mongo).getName()));
    }

    @Test
    void aFullReplacementByLessThanATenthNeedsTheName(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), "dogs", 5);
        Manifest backup = kennel(mongo).backUp("kennel");
        KennelDatabase.fill(target(mongo), "dogs", 60);
        RestoreRequest confirmed = Kennel.request(backup, "staging");

        ReplacementPlan plan = kennel(mongo).restores().plan(confirmed, Approval.confirmed());
        assertThat(plan.needsName()).isTrue();
        assertThat(plan.refusals())
                .anySatisfy(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NEARLY_EMPTIES_TARGET));
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> kennel(mongo).restores().restore(confirmed, Approval.confirmed()))
                .withMessageContaining("fewer than a tenth of its documents would remain")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NEARLY_EMPTIES_TARGET));
        assertThat(target(mongo).getCollection("dogs").countDocuments()).isEqualTo(60);

        kennel(mongo).restores().restore(confirmed, Approval.naming("staging"));
        assertThat(target(mongo).getCollection("dogs").countDocuments()).isEqualTo(5);
    }

    @Test
    void aFullReplacementByATenthOrMoreDoesNotNeedTheName(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), "dogs", 6);
        RestoreRequest confirmed = Kennel.request(kennel(mongo).backUp("kennel"), "staging");
        KennelDatabase.fill(target(mongo), "dogs", 60);

        assertThat(kennel(mongo)
                        .restores()
                        .plan(confirmed, Approval.confirmed())
                        .needsName())
                .isFalse();
        kennel(mongo).restores().restore(confirmed, Approval.confirmed());
        assertThat(target(mongo).getCollection("dogs").countDocuments()).isEqualTo(6);
    }

    @Test
    void aPlanThatRemovesMoreThanItLoadsSaysSoFirst(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), "dogs", 5);
        Manifest backup = kennel(mongo).backUp("kennel");
        KennelDatabase.fill(target(mongo), "cats", 5);
        KennelDatabase.fill(target(mongo), "birds", 5);

        assertThat(kennel(mongo)
                        .restores()
                        .plan(Kennel.request(backup, "staging"), Approval.naming("staging"))
                        .warnings()
                        .get(0)
                        .text())
                .isEqualTo("It removes more collections than it loads: it removes 2 of 'staging', and loads 1.");
    }

    @Test
    void anUnfinishedRestoreInPlaceIsForgottenOnceAllOfItIsReplaced(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 20);
        Manifest backup = kennel(mongo).backUp("kennel");
        KennelDatabase.fill(target(mongo), 20);
        unfinishedInPlace(mongo, List.of("dogs", "cats"));

        restoreOnly(mongo, backup, "dogs");
        assertThatExceptionOfType(TransferFailedException.class)
                .isThrownBy(() -> kennel(mongo).backups().backup(BackupRequest.of("staging")))
                .withMessageContaining("a restore in place did not end");
        restoreOnly(mongo, backup, "cats");

        assertThat(kennel(mongo)
                        .backups()
                        .backup(BackupRequest.of("staging").named("whole"))
                        .manifest()
                        .collections())
                .isNotEmpty();
    }

    private void restoreOnly(TestMongo mongo, Manifest backup, String collection) {
        kennel(mongo)
                .restores()
                .restore(
                        Kennel.request(backup, "staging")
                                .selecting(new CollectionSelection(List.of(collection), List.of())),
                        Approval.naming("staging"));
    }

    private static void unfinishedInPlace(TestMongo mongo, List<String> collections) {
        JournalEntries.insert(
                target(mongo),
                new Document("_id", "1a2b3c4d")
                        .append("state", "LOADING_IN_PLACE")
                        .append("purpose", "restore into")
                        .append("host", "web-1:4711")
                        .append("since", new Date())
                        .append("done", 0)
                        .append("steps", List.of())
                        .append("inPlace", new Document("collections", collections).append("whole", false)));
    }
}

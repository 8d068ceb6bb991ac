package dev.monarch.backfill;

import java.util.List;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;

import dev.monarch.backfill.BackfillSet.RegisteredBackfill;
import dev.monarch.backfill.TestBackfills.WeightInKg;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;

/** A process that runs or undoes a backfill slowly, to be killed. */
final class UndoProcess {

    private UndoProcess() {}

    /** The arguments: the URI of the server, the database, and anything to run the backfill instead of undoing it. */
    public static void main(String[] arguments) {
        try (MongoClient client = MongoClients.create(arguments[0])) {
            Backfills backfills = new Backfills(
                    MonarchEnvironment.using("test", Protection.DEFAULT, client, arguments[1]),
                    BackfillSet.of(
                            List.of(new RegisteredBackfill(TestBackfills.ID, new WeightInKg()).keepingOriginals())),
                    new Backfills.BackfillSettings(
                            "monarch.history",
                            "default",
                            TestBackfills.QUICK_LOCK,
                            new Backfills.Rate(1.0, 100L),
                            false,
                            1000));
            backfills.originals(TestBackfills.ID);
            System.out.println("READY");
            if (arguments.length > 2) {
                backfills.run(TestBackfills.ID);
            } else {
                backfills.undo(TestBackfills.ID, Approval.confirmed());
            }
            System.out.println("DONE");
        }
    }
}

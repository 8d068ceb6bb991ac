package dev.monarch.backfill;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;

import dev.monarch.backfill.TestBackfills.WeightInKg;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;

/** A process that undoes a backfill slowly, to be killed. */
final class UndoProcess {

    private UndoProcess() {}

    /** The arguments: the URI of the server and the database. */
    public static void main(String[] arguments) {
        try (MongoClient client = MongoClients.create(arguments[0])) {
            Backfills backfills = TestBackfills.of(
                    MonarchEnvironment.using("test", Protection.DEFAULT, client, arguments[1]),
                    new WeightInKg(),
                    new Backfills.BackfillSettings(
                            "monarch.history",
                            "default",
                            TestBackfills.QUICK_LOCK,
                            new Backfills.Rate(1.0, 100L),
                            false,
                            1000));
            backfills.originals(TestBackfills.ID);
            System.out.println("READY");
            backfills.undo(TestBackfills.ID, Approval.confirmed());
            System.out.println("DONE");
        }
    }
}

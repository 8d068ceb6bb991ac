package dev.monarch.backup;

import java.nio.file.Path;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;

import dev.monarch.environment.Approval;
import dev.monarch.kennel.KennelDatabase;

/** A process that backs up or restores; tests kill it. */
final class BackupProcess {

    private BackupProcess() {}

    public static void main(String[] arguments) {
        try (MongoClient client = MongoClients.create(arguments[0])) {
            client.getDatabase(arguments[1]).listCollectionNames().first();
            Kennel kennel =
                    Kennel.of(Path.of(arguments[2]), KennelDatabase.environment("kennel", client, arguments[1]));
            System.out.println("READY");
            if (arguments.length == 3) {
                kennel.backUp("kennel");
            } else {
                Manifest backup = kennel.backups().find(arguments[3]);
                kennel.restores().restore(Kennel.request(backup, "kennel"), Approval.naming("kennel"));
            }
            System.out.println("DONE");
        }
    }
}

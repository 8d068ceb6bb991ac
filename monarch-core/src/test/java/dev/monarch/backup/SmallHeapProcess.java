package dev.monarch.backup;

import java.nio.file.Path;
import java.util.List;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;

import dev.monarch.archive.Compression;
import dev.monarch.environment.Approval;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.transfer.Pace;

/** A process with a small heap that backs a database up, verifies the backup and restores it into another database. */
final class SmallHeapProcess {

    private SmallHeapProcess() {}

    public static void main(String[] arguments) {
        int workers = Integer.parseInt(arguments[4]);
        try (MongoClient client = MongoClients.create(arguments[0])) {
            Kennel kennel = Kennel.of(
                    Path.of(arguments[3]),
                    KennelDatabase.environment("kennel", client, arguments[1]),
                    KennelDatabase.environment("staging", client, arguments[2]));
            for (Compression compression : List.of(Compression.best(), Compression.NONE)) {
                Manifest backup = kennel.backups()
                        .backup(BackupRequest.of("kennel")
                                .compressed(compression)
                                .paced(Pace.FULL.withWorkers(workers)))
                        .manifest();
                System.out.println("BACKED UP " + backup.bytes());
                System.out.println(
                        "VERIFIED " + kennel.backups().verify(backup.name()).findings());
                kennel.restores()
                        .restore(
                                Kennel.request(backup, "staging")
                                        .acceptingLostWrites()
                                        .paced(Pace.FULL.withWorkers(workers)),
                                Approval.naming("staging"));
                System.out.println("RESTORED");
            }
        }
    }
}

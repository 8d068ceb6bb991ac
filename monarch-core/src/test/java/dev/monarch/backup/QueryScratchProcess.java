package dev.monarch.backup;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.bson.Document;

import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.queryset.QuerySet;
import dev.monarch.queryset.QuerySetContext;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.queryset.QuerySets;

/** A process that waits with a scratch database, to be killed. */
final class QueryScratchProcess {

    /** The arguments: the URI of the server, the database of the target, the folder and the name of the backup. */
    public static void main(String[] arguments) {
        try (MongoClient client = MongoClients.create(arguments[0])) {
            MonarchEnvironment environment = KennelDatabase.environment("kennel", client, arguments[1]);
            new RestoreService(
                            new EnvironmentRegistry(() -> environment, List.of(environment)),
                            new BackupStores(List.of(new LocalBackupStore(Path.of(arguments[2]))), null),
                            new Guard(false),
                            KennelDatabase.LOCK,
                            KennelDatabase.HISTORY,
                            new QuerySets(List.of(new Waiting()), null, null))
                    .restore(
                            RestoreRequest.of(BackupSource.stored(arguments[3]), "kennel")
                                    .withQuerySet(QuerySetRequest.of("waiting")),
                            Approval.naming("kennel"));
        }
    }

    private QueryScratchProcess() {}

    /** Waits as soon as it can read the database. */
    private static final class Waiting implements QuerySet {

        @Override
        public String name() {
            return "waiting";
        }

        @Override
        public void run(QuerySetContext context) {
            context.database().getCollection("dogs").find(new Document()).first();
            System.out.println("READY");
            while (true) {
                LockSupport.park();
            }
        }
    }
}

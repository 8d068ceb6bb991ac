package dev.monarch.copy;

import java.util.List;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;

import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.queryset.QuerySets;

/** A process that copies one database into another of the same server, to be killed. */
final class CopyProcess {

    private CopyProcess() {}

    public static void main(String[] arguments) {
        try (MongoClient client = MongoClients.create(arguments[0])) {
            MonarchEnvironment source = KennelDatabase.environment("production", client, arguments[1]);
            MonarchEnvironment target = KennelDatabase.environment("laptop", client, arguments[2]);
            CopyService copies = new CopyService(
                    new EnvironmentRegistry(() -> source, List.of(source, target)),
                    new QuerySets(List.of(), null, null),
                    new Guard(false),
                    KennelDatabase.LOCK,
                    KennelDatabase.HISTORY);
            client.getDatabase(arguments[1]).listCollectionNames().first();
            System.out.println("READY");
            copies.copy(CopyRequest.of("production", "laptop"), Approval.confirmed());
            System.out.println("DONE");
        }
    }
}

package dev.monarch.backup;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.engine.dump.DumpForm;
import dev.monarch.environment.Approval;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands of a restore of many small collections. */
@MongoTest
class ManyCollectionsTests {

    private static final byte[] DOCUMENT = {14, 0, 0, 0, 0x10, '_', 'i', 'd', 0, 1, 0, 0, 0, 0};

    /** Their number depends on time. */
    private static final Set<String> OF_THE_LOCK = Set.of("update", "find", "findAndModify", "hello", "endSessions");

    @TempDir
    private Path folder;

    /** Each is created, indexed, filled, counted, compared, looked up and renamed; its indexes are compared again at the end. */
    @Test
    void eachNewCollectionNeedsEightCommands(TestMongo mongo) throws Exception {
        Map<String, Integer> few = restored(10, mongo);
        mongo.database().drop();
        Map<String, Integer> many = restored(60, mongo);

        many.keySet().removeAll(OF_THE_LOCK);
        many.replaceAll((command, times) -> times - few.getOrDefault(command, 0));
        many.values().removeIf(times -> times == 0);
        assertThat(many)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "create", 50,
                        "createIndexes", 50,
                        "insert", 50,
                        "aggregate", 50,
                        "listIndexes", 100,
                        "listCollections", 50,
                        "renameCollection", 50));
    }

    private Map<String, Integer> restored(int collections, TestMongo mongo) throws Exception {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < collections; i++) {
            files.put("dogs" + i + ".bson", DOCUMENT);
            files.put(
                    "dogs" + i + ".metadata.json",
                    "{\"indexes\":[{\"v\":2,\"key\":{\"_id\":1},\"name\":\"_id_\"},{\"v\":2,\"key\":{\"a\":1},\"name\":\"a_1\"}]}"
                            .getBytes(StandardCharsets.UTF_8));
        }
        Path dump = DumpForm.folder(files, folder.resolve(collections + "/kennel"));
        Map<String, Integer> commands = new ConcurrentHashMap<>();
        CommandListener counter = new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                commands.merge(event.getCommandName(), 1, Integer::sum);
            }
        };
        try (MongoClient client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongo.uri()))
                .addCommandListener(counter)
                .build())) {
            Kennel.of(folder.resolve("kept"), KennelDatabase.environment("kennel", client, mongo.databaseName()))
                    .restores()
                    .restore(RestoreRequest.of(BackupSource.file(dump), "kennel"), Approval.naming("kennel"));
        }
        return new TreeMap<>(commands);
    }
}

package dev.monarch.engine.staging;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import org.bson.RawBsonDocument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.Fault;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server executes a write, but its write concern is not satisfied (MongoDB manual, "Write Concern", {@code
 * writeConcernError}).
 */
class UnconfirmedWriteTests {

    private static final int DOCUMENTS = 25;

    private final AtomicInteger sent = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(strings = {"create", "createIndexes"})
    @MongoTest
    void anUnconfirmedCommandIsRepeated(String command, TestMongo mongo) {
        GivenDocuments source = new GivenDocuments()
                .inBatchesOf(10)
                .collection(
                        "dogs",
                        "{}",
                        List.of("{v: 2, name: 'name_1', key: {name: 1}}"),
                        IntStream.range(0, DOCUMENTS)
                                .mapToObj(i -> RawBsonDocument.parse("{_id: " + i + ", name: 'dog'}"))
                                .toList());

        // Otherwise the creation of the collection would be the unconfirmed write.
        mongo.database().createCollection("monarch.journal");
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = client(line, command)) {
            line.fail(command, 1, Fault.writeConcernError(91, "ShutdownInProgress"));
            StepDownTests.replace(
                    MonarchEnvironment.using("kennel", Protection.DEFAULT, client, mongo.databaseName()),
                    source,
                    () -> {});
            assertThat(line.left()).isZero();
        }

        assertThat(sent.get()).isEqualTo(2);
        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(DOCUMENTS);
        assertThat(mongo.database().getCollection("dogs").listIndexes()).hasSize(2);
    }

    private MongoClient client(FaultyLine line, String command) {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(line.uri()))
                .addCommandListener(new CommandListener() {

                    @Override
                    public void commandStarted(CommandStartedEvent event) {
                        if (event.getCommandName().equals(command)
                                && event.getCommand()
                                        .getString(command)
                                        .getValue()
                                        .startsWith("monarch.stage.")) {
                            sent.incrementAndGet();
                        }
                    }
                })
                .build());
    }
}

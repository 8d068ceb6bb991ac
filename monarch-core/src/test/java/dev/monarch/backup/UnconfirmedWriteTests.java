package dev.monarch.backup;

import java.nio.file.Path;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.bson.Document;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.MonarchException;
import dev.monarch.environment.Approval;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.test.Fault;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A write that too few members have confirmed counts as a failure. */
@MongoTest
class UnconfirmedWriteTests {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"create", "insert", "createIndexes", "renameCollection", "drop"})
    void anUnconfirmedWriteFailsTheRestore(String command, TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), "dogs", 20);
        mongo.database().getCollection("dogs").createIndex(new Document("name", 1));
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri())) {
            Kennel kennel = Kennel.of(folder, KennelDatabase.environment("kennel", client, mongo.databaseName()));
            Manifest backup = kennel.backUp("kennel");
            KennelDatabase.fill(mongo.database(), "stale", 1);
            line.fail(command, Integer.MAX_VALUE, Fault.writeConcernError(64, "WriteConcernTimeout"));

            assertThatExceptionOfType(MonarchException.class)
                    .isThrownBy(() ->
                            kennel.restores().restore(Kennel.request(backup, "kennel"), Approval.naming("kennel")));

            assertThat(line.left()).isLessThan(Integer.MAX_VALUE);
        }
    }

    /** Transient failures are retried. */
    @ParameterizedTest
    @ValueSource(strings = {"create", "insert", "createIndexes", "renameCollection"})
    void anUnconfirmedWriteIsRepeatedIfTheFailureIsTransient(String command, TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), "dogs", 20);
        mongo.database().getCollection("dogs").createIndex(new Document("name", 1));
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri())) {
            Kennel kennel = Kennel.of(folder, KennelDatabase.environment("kennel", client, mongo.databaseName()));
            Manifest backup = kennel.backUp("kennel");
            mongo.database().getCollection("dogs").deleteMany(new Document());
            line.fail(
                    sent -> sent.getFirstKey().equals(command)
                            && sent.toString().contains("monarch.stage"),
                    1,
                    Fault.writeConcernError(91, "ShutdownInProgress", "RetryableWriteError"));

            kennel.restores().restore(Kennel.request(backup, "kennel"), Approval.naming("kennel"));

            assertThat(line.left()).isZero();
            assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(20);
            assertThat(mongo.database().getCollection("dogs").listIndexes()).hasSize(2);
        }
    }
}

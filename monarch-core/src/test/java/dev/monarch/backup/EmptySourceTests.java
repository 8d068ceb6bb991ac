package dev.monarch.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;

import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.environment.Approval;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** An empty source is refused for backups and restores, unless it is allowed. */
@MongoTest
class EmptySourceTests {

    private final Path folder;

    private final MongoDatabase target;

    private final Kennel kennel;

    EmptySourceTests(TestMongo mongo, @TempDir Path folder) {
        this.folder = folder;
        String name = mongo.databaseName() + "x";
        mongo.uri(name);
        this.target = mongo.client().getDatabase(name);
        this.kennel = Kennel.of(
                folder,
                KennelDatabase.environment("kennel", mongo.client(), mongo.databaseName()),
                KennelDatabase.environment("staging", mongo.client(), name));
    }

    @Test
    void aMissingDatabaseIsNotBackedUp(TestMongo mongo) throws IOException {
        target.getCollection("birds").insertOne(new Document("_id", 1));

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> kennel.backUp("kennel"))
                .withMessage("Refused to back up 'kennel': the database '" + mongo.databaseName()
                        + "' of 'kennel' does not exist or is empty; databases with similar names are '"
                        + target.getName()
                        + "'. Nothing has been changed.")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.EMPTY_SOURCE));

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void monarchsOwnCollectionsDoNotCount(TestMongo mongo) {
        mongo.database().getCollection("monarch.lock").insertOne(new Document("_id", "environment"));
        mongo.database().getCollection(KennelDatabase.HISTORY).insertOne(KennelDatabase.entry("1", "APPLIED", 1));

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> kennel.backUp("kennel"))
                .withMessageContaining("does not exist or is empty (the migration history does not count)");
        assertThat(kennel.backups()
                        .backup(BackupRequest.of("kennel").allowingEmpty())
                        .manifest()
                        .collections())
                .hasSize(1);
    }

    @Test
    void aBackupOfNothingReplacesNothing() {
        target.getCollection("birds").insertOne(new Document("_id", 1));
        Manifest empty = kennel.backups()
                .backup(BackupRequest.of("kennel").allowingEmpty())
                .manifest();
        RestoreRequest request = Kennel.request(empty, "staging");

        assertThat(kennel.restores()
                        .plan(request, Approval.naming(request.environment()))
                        .refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.text())
                        .contains("the backup '" + empty.name() + "' contains no collections"));
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> kennel.restores().restore(request, Approval.naming(request.environment())))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.EMPTY_BACKUP));
        assertThat(target.getCollection("birds").countDocuments()).isOne();

        kennel.restores().restore(request.allowingEmpty(), Approval.naming(request.environment()));

        assertThat(target.listCollectionNames().into(new ArrayList<>())).doesNotContain("birds");
    }
}

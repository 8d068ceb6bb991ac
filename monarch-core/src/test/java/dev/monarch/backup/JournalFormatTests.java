package dev.monarch.backup;

import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.Map;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.TimeSeriesOptions;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.engine.staging.InterruptedSwaps;
import dev.monarch.environment.Approval;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.guide.FormatPage;
import dev.monarch.guide.FormatPage.Field;
import dev.monarch.guide.SeenDocuments;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.test.JournalEntries;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares docs/format.md with the journal that is written and read. */
@MongoTest
class JournalFormatTests {

    private static final FormatPage PAGE = FormatPage.section("`monarch.journal`");

    private static final Map<String, Field> FIELDS = PAGE.fields("field");

    @TempDir
    private Path folder;

    @Test
    void thePageHasExactlyTheFieldsThatAreWritten(TestMongo mongo) {
        String other = mongo.databaseName() + "_b";
        mongo.uri(other);
        MongoDatabase target = mongo.client().getDatabase(other);
        try (SeenDocuments seen = new SeenDocuments(mongo, other, "monarch.journal")) {
            Kennel kennel = Kennel.of(
                    folder.resolve("backups"),
                    KennelDatabase.environment("kennel", seen.client(), mongo.databaseName()),
                    KennelDatabase.environment("staging", seen.client(), other));
            KennelDatabase.fill(mongo.database(), 10);
            fillWithWhatOnlyMongoDbHas(mongo, mongo.database(), "dogs");
            Manifest backup = kennel.backUp("kennel");
            KennelDatabase.fill(target, "cats", 3);
            KennelDatabase.fill(target, "birds", 3);
            fillWithWhatOnlyMongoDbHas(mongo, target, "cats");

            kennel.restores().restore(request(backup), Approval.naming("staging"));
            kennel.restores().restore(request(backup).inPlace(), Approval.naming("staging"));

            FormatPage.assertSame(
                    FIELDS,
                    FormatPage.paths(FIELDS, seen.in("monarch.journal")),
                    mongo.isReal()
                            ? field -> false
                            : FormatPage.without("with uuids", "time series", "time series", "views"));
        }
    }

    private static RestoreRequest request(Manifest backup) {
        return RestoreRequest.of(BackupSource.stored(backup.name()), "staging").replacingTimeSeries();
    }

    private static void fillWithWhatOnlyMongoDbHas(TestMongo mongo, MongoDatabase database, String viewOn) {
        if (mongo.isReal()) {
            database.createView("awesome_dogs", viewOn, List.of());
            database.createCollection(
                    "weights", new CreateCollectionOptions().timeSeriesOptions(new TimeSeriesOptions("at")));
            database.getCollection("weights").insertOne(new Document("at", new Date()).append("kg", 7));
        }
    }

    @Test
    void theSampleHasEveryFieldOfTheTable() {
        FormatPage.assertSame(FIELDS, FormatPage.paths(FIELDS, PAGE.samples()), field -> false);
    }

    @Test
    void monarchCanReadTheSample(TestMongo mongo) {
        Document sample = new Document(PAGE.samples().get(0));
        sample.remove("database");
        sample.remove("journal");
        JournalEntries.insert(mongo.database(), sample);
        MonarchEnvironment environment = KennelDatabase.environment("kennel", mongo.client(), mongo.databaseName());

        assertThat(new InterruptedSwaps(environment).status()).hasValueSatisfying(status -> {
            assertThat(status.progress().host()).isEqualTo("web-1:4711");
            assertThat(status.progress().since()).isEqualTo("2026-11-20T10:30:05Z");
            assertThat(status.steps()).hasSize(4);
        });
        assertThat(new InterruptedSwaps(environment).foreign()).isEmpty();
    }
}

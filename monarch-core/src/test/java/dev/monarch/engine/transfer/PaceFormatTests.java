package dev.monarch.engine.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import dev.monarch.environment.EnvironmentRegistry.Operation;
import dev.monarch.guide.FormatPage;
import dev.monarch.guide.FormatPage.Field;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.transfer.Pace;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares docs/format.md with the requests for a pace that are written and read. */
@MongoTest
class PaceFormatTests {

    private static final FormatPage PAGE = FormatPage.section("`monarch.pace`");

    private static final Map<String, Field> FIELDS = PAGE.fields("field");

    @Test
    void thePageHasExactlyTheFieldsThatAreWritten(TestMongo mongo) {
        PaceRequests requests =
                new PaceRequests(KennelDatabase.environment("kennel", mongo.client(), mongo.databaseName()));
        Operation operation = Operation.of(Operation.Kind.BACKUP, "kennel", null);

        requests.send(operation.id().toString(), Pace.GENTLE.atMost(DataSize.ofMegabytes(20)));
        List<BsonDocument> seen = new ArrayList<>(stored(mongo));
        requests.confirm(requests.forOperation(operation.id()).get(0), operation, "backup of 'kennel'", Pace.GENTLE);
        seen.addAll(stored(mongo));

        FormatPage.assertSame(FIELDS, FormatPage.paths(FIELDS, seen), field -> false);
    }

    private static List<BsonDocument> stored(TestMongo mongo) {
        return mongo.database()
                .getCollection(OwnCollections.PACE)
                .find()
                .map(Document::toBsonDocument)
                .into(new ArrayList<>());
    }

    @Test
    void theSampleHasEveryFieldOfTheTable() {
        FormatPage.assertSame(FIELDS, FormatPage.paths(FIELDS, PAGE.samples()), field -> false);
    }

    @Test
    void monarchCanReadTheSample() {
        PaceRequest read =
                PaceRequest.of(Document.parse(PAGE.blocks("json").get(0))).orElseThrow();

        assertThat(read.operation()).startsWith("9e5b0c1d");
        assertThat(read.token()).isEqualTo(UUID.fromString("5b0c1d9e-7f3a-4b62-9d0e-2f7c8a1b3c4d"));
        assertThat(read.pace()).isEqualTo(Pace.GENTLE.atMost(DataSize.ofMegabytes(20)));
        assertThat(read.process()).isEqualTo("web-1:4711");
        assertThat(read.at()).isEqualTo("2026-11-21T01:30:00Z");
    }
}

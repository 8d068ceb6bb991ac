package dev.monarch.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.engine.version.CollectionVersions;
import dev.monarch.engine.version.VersionRecords;
import dev.monarch.guide.FormatPage;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** The fields that versions add to a document are those of {@code docs/format.md}. */
class VersionFormatTests {

    private final FormatPage page = FormatPage.section("Document versions");

    @Test
    void theSampleIsWhatIsStored() {
        CollectionVersions dogs = new CollectionVersions(
                "dogs",
                new TreeMap<>(Map.of(2, new DocumentVersionChange() {
                    @Override
                    public void upgrade(Document dog) {
                        dog.put("weight_kg", dog.getDouble("weight") / 2);
                        dog.remove("weight");
                    }

                    @Override
                    public void downgrade(Document dog) {
                        dog.put("weight", dog.getDouble("weight_kg") * 2);
                        dog.remove("weight_kg");
                    }
                })),
                "_v");
        Document dog = Document.parse("{_id: 1, name: 'Rex', weight_kg: 12.0}");
        dogs.prepare(dog);
        assertThat(dog.toBsonDocument()).isEqualTo(page.samples().get(0));
    }

    @Test
    @MongoTest
    void theRecordsAreThoseOfThePage(TestMongo mongo) {
        VersionRecords records = new VersionRecords(mongo.database());
        CollectionVersions dogs =
                new CollectionVersions("dogs", new TreeMap<>(Map.of(2, (DocumentVersionChange) dog -> {})), "_v");
        records.beat("web-1:4711", List.of(dogs));
        records.contract("dogs", 2);
        records.announce("dogs", 3);

        List<BsonDocument> samples = FormatPage.section("`monarch.versions`").samples();
        List<BsonDocument> written = mongo.database()
                .getCollection("monarch.versions", BsonDocument.class)
                .find()
                .into(new ArrayList<>());
        assertThat(written.get(0).getDateTime("seen")).isNotNull();
        assertThat(written.get(0).append("seen", samples.get(0).get("seen"))).isEqualTo(samples.get(0));
        assertThat(written.get(1)).isEqualTo(samples.get(1));
    }
}

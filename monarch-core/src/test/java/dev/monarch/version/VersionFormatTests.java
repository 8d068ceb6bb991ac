package dev.monarch.version;

import java.util.Map;
import java.util.TreeMap;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.engine.version.CollectionVersions;
import dev.monarch.guide.FormatPage;

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
}

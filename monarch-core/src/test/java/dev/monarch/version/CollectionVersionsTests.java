package dev.monarch.version;

import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.engine.version.CollectionVersions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CollectionVersionsTests {

    private final CollectionVersions dogs = versions(new WholeKilograms());

    private final CollectionVersions kennel = versions(new WholeKilograms(), new ContactOfOwner());

    @Test
    void aDocumentWithoutVersionIsUpgradedThroughAllVersions() {
        Document stored = Document.parse(
                "{_id: 1, name: 'Rex', weight: 10, owner: {name: 'Ann', phone: '555'}, tags: [{weight: 3}]}");
        assertThat(kennel.read(stored))
                .isEqualTo(Document.parse("{_id: 1, name: 'Rex', owner: {name: 'Ann'}, tags: [{weight: 3}],"
                        + " weight_kg: 5, contact: {phone: '555'}, _v: 3}"));
    }

    @Test
    void aWrittenDocumentHasBothShapesAndIsReadAsItWasWritten() {
        Document written = Document.parse("{_id: 1, owner: {name: 'Ann'}, weight_kg: 5, contact: {phone: '555'}}");
        kennel.prepare(written);
        Document kept = written.get("_v_kept", Document.class);
        assertThat(kept.keySet()).containsExactly("1", "2");
        assertThat(kept.get("1", Document.class)).containsEntry("fields", List.of("weight"));
        assertThat(kept.get("2", Document.class)).containsEntry("fields", List.of(List.of("owner", "phone")));
        assertThat(written)
                .isEqualTo(Document.parse("{_id: 1, owner: {name: 'Ann', phone: '555'}, weight_kg: 5,"
                                + " contact: {phone: '555'}, weight: 10, _v: 3}")
                        .append("_v_kept", kept));

        kennel.prepare(written);
        assertThat(kennel.read(written))
                .isEqualTo(
                        Document.parse("{_id: 1, owner: {name: 'Ann'}, weight_kg: 5, contact: {phone: '555'}, _v: 3}"));
    }

    @Test
    void writingTwiceIsWritingOnce() {
        Document once = Document.parse("{_id: 1, weight_kg: 5}");
        dogs.prepare(once);
        Document twice = Document.parse(once.toJson());
        dogs.prepare(twice);
        assertThat(twice.toJson()).isEqualTo(once.toJson());
    }

    @Test
    void aFieldThatAnOldInstanceChangedCountsMoreThanTheNewOne() {
        Document stored = stored("{_id: 1, weight_kg: 5, nick: 'r'}");
        stored.put("weight", 20);
        assertThat(dogs.read(stored)).isEqualTo(Document.parse("{_id: 1, weight_kg: 10, nick: 'r', _v: 2}"));
    }

    @Test
    void aFieldThatAnOldInstanceAddedCountsMoreThanTheNewOne() {
        Document stored = stored("{_id: 1, nick: 'r'}");
        stored.put("weight", 20);
        assertThat(dogs.read(stored)).isEqualTo(Document.parse("{_id: 1, nick: 'r', weight_kg: 10, _v: 2}"));
    }

    @Test
    void aFieldThatAnOldInstanceRemovedIsUpgradedWithoutIt() {
        Document stored = stored("{_id: 1, weight_kg: 5}");
        stored.remove("weight");
        assertThat(dogs.read(stored)).isEqualTo(Document.parse("{_id: 1, _v: 2}"));
    }

    @Test
    void aDocumentThatAnOldInstanceReplacedIsUpgradedAgain() {
        assertThat(dogs.read(Document.parse("{_id: 1, weight: 30}")))
                .isEqualTo(Document.parse("{_id: 1, weight_kg: 15, _v: 2}"));
    }

    @Test
    void aChangeOfANewFieldOrOfACommonOneIsNoChangeOfAnOldInstance() {
        Document stored = stored("{_id: 1, weight_kg: 5, age: 2}");
        stored.put("weight_kg", 7);
        stored.put("age", 3);
        assertThat(dogs.read(stored)).isEqualTo(Document.parse("{_id: 1, weight_kg: 7, age: 3, _v: 2}"));
    }

    @Test
    void anInstanceOfAVersionBetweenWritesItsOwnFields() {
        Document stored = Document.parse("{_id: 1, owner: {name: 'Ann'}, weight_kg: 5, contact: {phone: '555'}}");
        kennel.prepare(stored);
        stored.get("owner", Document.class).put("phone", "777");
        Document read = kennel.read(Document.parse(stored.toJson()));
        assertThat(read)
                .isEqualTo(
                        Document.parse("{_id: 1, owner: {name: 'Ann'}, weight_kg: 5, contact: {phone: '777'}, _v: 3}"));
    }

    @Test
    void aDocumentOfAVersionThatIsNotKnownStaysAsItIs() {
        Document stored = stored("{_id: 1, weight_kg: 5}").append("_v", 7);
        assertThat(dogs.read(Document.parse(stored.toJson()))).isEqualTo(Document.parse(stored.toJson()));
    }

    @Test
    void afterContractionNothingIsKeptAndWhatIsLeftIsNotSeen() {
        Document left = stored("{_id: 1, weight_kg: 5}");
        dogs.contractTo(2);
        assertThat(dogs.read(left)).isEqualTo(Document.parse("{_id: 1, weight_kg: 5, _v: 2}"));
        assertThat(stored("{_id: 1, weight_kg: 5}")).isEqualTo(Document.parse("{_id: 1, weight_kg: 5, _v: 2}"));
        assertThat(dogs.read(Document.parse("{_id: 1, weight: 30}")))
                .isEqualTo(Document.parse("{_id: 1, weight_kg: 15, _v: 2}"));
    }

    @Test
    void aFieldWithTwoMeaningsIsRefused() {
        CollectionVersions conflict = versions(new DocumentVersionChange() {
            @Override
            public void upgrade(Document dog) {
                dog.computeIfPresent("weight", (name, value) -> ((Number) value).intValue() / 2);
            }

            @Override
            public void downgrade(Document dog) {
                dog.computeIfPresent("weight", (name, value) -> ((Number) value).intValue() * 2);
            }
        });
        assertThatThrownBy(() -> conflict.prepare(Document.parse("{_id: 1, weight: 5}")))
                .isInstanceOfSatisfying(
                        OperationRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.VERSION_FIELD_CONFLICT))
                .hasMessageContaining("'dogs': the versions 1 and 2 both have the field 'weight', with different"
                        + " meanings: one has 10, the other 5");
    }

    @Test
    void everyTypeOfAValueHasAFingerprint() {
        CollectionVersions ids = versions(new DocumentVersionChange() {
            @Override
            public void upgrade(Document dog) {
                dog.remove("old");
            }

            @Override
            public void downgrade(Document dog) {
                dog.put("old", dog.get("value"));
            }
        });
        for (Object value : new Object[] {UUID.randomUUID(), Double.NaN, List.of(1, List.of("a")), 1.5f}) {
            Document stored = new Document("value", value);
            ids.prepare(stored);
            assertThat(ids.read(stored)).isEqualTo(new Document("value", value).append("_v", 2));
        }
        Document nothing = new Document("value", null);
        ids.prepare(nothing);
        assertThat(ids.read(nothing)).isEqualTo(new Document("value", null).append("_v", 2));
    }

    private Document stored(String json) {
        Document document = Document.parse(json);
        dogs.prepare(document);
        return document;
    }

    private static CollectionVersions versions(DocumentVersionChange... changes) {
        TreeMap<Integer, DocumentVersionChange> byVersion = new TreeMap<>();
        for (DocumentVersionChange change : changes) {
            byVersion.put(byVersion.size() + 2, change);
        }
        return new CollectionVersions("dogs", byVersion, "_v");
    }

    /** Moves a field out of an embedded document. */
    static final class ContactOfOwner implements DocumentVersionChange {

        @Override
        public void upgrade(Document dog) {
            if (dog.get("owner") instanceof Document owner && owner.remove("phone") instanceof String phone) {
                dog.put("contact", new Document("phone", phone));
            }
        }

        @Override
        public void downgrade(Document dog) {
            if (dog.remove("contact") instanceof Document contact && dog.get("owner") instanceof Document owner) {
                owner.put("phone", contact.get("phone"));
            }
        }
    }
}

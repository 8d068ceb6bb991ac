package dev.monarch.engine.staging;

import java.util.List;
import java.util.stream.Stream;

import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;

import dev.monarch.Fact;
import dev.monarch.Reason;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.replacement.LoadOptions.IndexChoice;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;
import dev.monarch.transfer.Omission;

import static org.assertj.core.api.Assertions.assertThat;

/** Options and indexes of old servers and other tools are converted for current servers. */
class AcceptedCatalogueTests {

    private static final BsonDocument ID =
            BsonDocument.parse("{v: 1, key: {_id: true}, name: '_id_', ns: 'kennel.dogs'}");

    @Test
    void aNumberInsteadOfABooleanMakesACollectionCapped() {
        AcceptedCatalogue accepted = accept("{capped: 1.0, size: 4096, max: 5}", IndexChoice.EXACT);

        assertThat(options(accepted)).isEqualTo(BsonDocument.parse("{capped: true, size: 4096, max: 5}"));
        assertThat(accepted.omissions()).isEmpty();
        assertThat(accepted.catalogue().collections().get(0).isOrdered()).isTrue();
    }

    @Test
    void theSizeOfAnUncappedCollectionIsOmitted() {
        AcceptedCatalogue accepted = accept("{capped: 0, size: 4096, max: 5}", IndexChoice.EXACT);

        assertThat(options(accepted)).containsOnlyKeys("capped").containsValue(BsonBoolean.FALSE);
        assertThat(accepted.omissions())
                .extracting(Omission::toString)
                .containsExactly(
                        "Option 'size' of 'dogs' is left out: the collection is not capped.",
                        "Option 'max' of 'dogs' is left out: the collection is not capped.");
    }

    @Test
    void nullValuesCountAsAbsent() {
        AcceptedCatalogue accepted = accept(
                "{validator: null, collation: null, create: null}", IndexChoice.EXACT, index("a_1", 1, "unique"));

        assertThat(options(accepted)).isEmpty();
        assertThat(accepted.omissions()).isEmpty();
        assertThat(indexes(accepted)).containsExactly(ID, BsonDocument.parse("{v: 1, key: {a: 1}, name: 'a_1'}"));
    }

    @Test
    void theFirstOfTwoIndexesWithOneKeyIsKeptOnRequest() {
        BsonDocument second = BsonDocument.parse("{v: 2, key: {a: 1.0}, name: 'again', background: true}");
        BsonDocument other = BsonDocument.parse("{v: 2, key: {a: 1}, name: 'other', collation: {locale: 'de'}}");

        assertThat(accept("{}", IndexChoice.EXACT, index("a_1", 1, "x"), second, other)
                        .problems())
                .containsExactly(new Fact(
                        Reason.LEGACY_INDEX, "the index 'again' of 'dogs' cannot be built: 'a_1' has the same key"));
        AcceptedCatalogue accepted = accept("{}", IndexChoice.CONVERT_LEGACY, index("a_1", 1, "x"), second, other);
        assertThat(accepted.problems()).isEmpty();
        assertThat(indexes(accepted))
                .extracting(index -> index.getString("name").getValue())
                .containsExactly("_id_", "a_1", "other");
    }

    @Test
    void anIndexWithoutANameIsNamedAfterItsKey() {
        assertThat(indexes(accept("{}", IndexChoice.EXACT, BsonDocument.parse("{key: {a: 1, b: -1, c: 'text'}}"))))
                .extracting(index -> index.getString("name").getValue())
                .containsExactly("_id_", "a_1_b_-1_c_text");
    }

    @Test
    void knownOptionsAreNotChanged() {
        BsonDocument options = BsonDocument.parse("{validator: {a: {$type: 'string'}}, validationLevel: 'moderate',"
                + " collation: {locale: 'de'}, changeStreamPreAndPostImages: {enabled: true}}");
        BsonDocument index = BsonDocument.parse("{v: 2, key: {'$**': 1}, name: 'all', wildcardProjection: {a: 1},"
                + " hidden: true, partialFilterExpression: {a: {$exists: true}}, sparse: 1}");

        AcceptedCatalogue accepted = AcceptedCatalogue.of(catalogue(options, ID, index), IndexChoice.EXACT);

        assertThat(options(accepted)).isEqualTo(options);
        assertThat(indexes(accepted)).containsExactly(ID, index);
        assertThat(accepted.omissions()).isEmpty();
    }

    private static BsonDocument index(String name, int direction, String nullOption) {
        return new BsonDocument("v", new BsonInt32(1))
                .append("key", new BsonDocument("a", new BsonInt32(direction)))
                .append("name", new BsonString(name))
                .append(nullOption, BsonNull.VALUE);
    }

    private static AcceptedCatalogue accept(String options, IndexChoice choice, BsonDocument... indexes) {
        BsonDocument[] all = Stream.concat(Stream.of(ID), Stream.of(indexes)).toArray(BsonDocument[]::new);
        return AcceptedCatalogue.of(catalogue(BsonDocument.parse(options), all), choice);
    }

    private static Catalogue catalogue(BsonDocument options, BsonDocument... indexes) {
        return new Catalogue(
                "kennel",
                List.of(new CollectionDescription("dogs", CollectionType.COLLECTION, options, List.of(indexes), null)));
    }

    private static BsonDocument options(AcceptedCatalogue accepted) {
        return accepted.catalogue().collections().get(0).options();
    }

    private static List<BsonDocument> indexes(AcceptedCatalogue accepted) {
        return accepted.catalogue().collections().get(0).indexes();
    }
}

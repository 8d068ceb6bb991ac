package dev.monarch.spring.boot.test;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/**
 * Assertions on a collection of a test's database. Documents are written as JSON; MongoDB's extended JSON and unquoted keys
 * are allowed. A number has a type: {@code 5} is an int, {@code 5.0} a double, {@code NumberLong(5)} a long.
 */
public final class CollectionAssert extends AbstractAssert<CollectionAssert, TestCollection> {

    /** With the types of numbers, because two documents that look equal may differ in nothing else. */
    private static final JsonWriterSettings TYPED =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

    CollectionAssert(TestCollection actual) {
        super(actual, CollectionAssert.class);
    }

    /**
     * Verifies that the collection has these documents and no others, in any order.
     *
     * @param documents the documents as JSON
     * @return this assertion
     */
    public CollectionAssert containsExactly(String... documents) {
        Assertions.assertThat(typed(actual.documents()))
                .as(actual.toString())
                .containsExactlyInAnyOrderElementsOf(typed(documents));
        return this;
    }

    /**
     * Verifies that the collection has these documents, and possibly others.
     *
     * @param documents the documents as JSON
     * @return this assertion
     */
    public CollectionAssert contains(String... documents) {
        Assertions.assertThat(typed(actual.documents())).as(actual.toString()).containsAll(typed(documents));
        return this;
    }

    /**
     * Verifies how many documents match a filter.
     *
     * @param count the number
     * @param filter the filter as JSON
     * @return this assertion
     */
    public CollectionAssert hasDocuments(long count, String filter) {
        Assertions.assertThat(actual.count(BsonDocument.parse(filter)))
                .as("documents of %s that match %s", actual, filter)
                .isEqualTo(count);
        return this;
    }

    /**
     * Verifies that the collection has no documents.
     *
     * @return this assertion
     */
    public CollectionAssert isEmpty() {
        return hasDocuments(0, "{}");
    }

    /**
     * Verifies that the collection does not exist.
     *
     * @return this assertion
     */
    public CollectionAssert doesNotExist() {
        Assertions.assertThat(actual.exists()).as("%s exists", actual).isFalse();
        return this;
    }

    /**
     * Verifies that the collection has an index.
     *
     * @param keys the keys of the index as JSON, such as <code>{email: 1}</code>
     * @return this assertion
     */
    public CollectionAssert hasIndex(String keys) {
        Assertions.assertThat(actual.indexes())
                .as("indexes of %s", actual)
                .extracting(index -> keys(index.getDocument("key")))
                .contains(keys(BsonDocument.parse(keys)));
        return this;
    }

    /**
     * Verifies that the collection has a unique index.
     *
     * @param keys the keys of the index as JSON, such as <code>{email: 1}</code>
     * @return this assertion
     */
    public CollectionAssert hasUniqueIndex(String keys) {
        Assertions.assertThat(actual.indexes())
                .as("unique indexes of %s", actual)
                .filteredOn(
                        index -> index.getBoolean("unique", BsonBoolean.FALSE).getValue())
                .extracting(index -> keys(index.getDocument("key")))
                .contains(keys(BsonDocument.parse(keys)));
        return this;
    }

    /**
     * Verifies that the collection has no index with these keys.
     *
     * @param keys the keys of the index as JSON
     * @return this assertion
     */
    public CollectionAssert hasNoIndex(String keys) {
        Assertions.assertThat(actual.indexes())
                .as("indexes of %s", actual)
                .extracting(index -> keys(index.getDocument("key")))
                .doesNotContain(keys(BsonDocument.parse(keys)));
        return this;
    }

    /** The direction of a key has any type of number. */
    private static String keys(BsonDocument keys) {
        return keys.entrySet().stream()
                .map(key -> key.getKey() + ": "
                        + (key.getValue().isNumber()
                                ? key.getValue().asNumber().intValue()
                                : key.getValue().toString()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static List<String> typed(String... documents) {
        return typed(Arrays.stream(documents).map(BsonDocument::parse).toList());
    }

    private static List<String> typed(List<BsonDocument> documents) {
        return documents.stream().map(document -> document.toJson(TYPED)).toList();
    }
}

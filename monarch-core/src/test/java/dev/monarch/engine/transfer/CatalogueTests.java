package dev.monarch.engine.transfer;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** A catalogue with very many collections. */
class CatalogueTests {

    private static final BsonDocument OPTIONS = new BsonDocument();

    /** A search for each through all others would take minutes. */
    @Test
    void eachOfManyCollectionsIsFoundQuickly() {
        List<CollectionDescription> collections = IntStream.range(0, 300_000)
                .mapToObj(
                        i -> new CollectionDescription("dogs" + i, CollectionType.COLLECTION, OPTIONS, List.of(), null))
                .toList();
        Catalogue catalogue = new Catalogue("kennel", collections);

        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> collections.forEach(collection -> {
                    assertThat(catalogue.collection(collection.name()).orElseThrow() == collection)
                            .isTrue();
                    assertThat(catalogue.contains(collection.name())).isTrue();
                }));
        assertThat(catalogue.collection("cats")).isEmpty();
        assertThat(catalogue.contains("cats")).isFalse();
    }
}

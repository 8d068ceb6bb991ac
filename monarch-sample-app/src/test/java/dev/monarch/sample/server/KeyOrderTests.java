package dev.monarch.sample.server;

import java.util.Map;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import org.h2.mvstore.type.ObjectDataType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeyOrderTests {

    private final KeyOrder order = new KeyOrder();

    @Test
    void equalDocumentsAreOneKeyHoweverTheyWereBuilt() {
        Document grown = new Document();
        grown.put("id", "dog-0001");
        Document copied = new Document(Map.of("id", "dog-0001"));
        assertThat(grown).isEqualTo(copied);
        assertThat(new ObjectDataType().compare(grown, copied))
                .as("the order of the store's default type")
                .isNotZero();

        assertThat(order.compare(grown, copied)).isZero();
        assertThat(order.compare(new KeyValue(grown), new KeyValue(copied))).isZero();
    }

    @Test
    void keysAreOrderedByTheirValues() {
        assertThat(order.compare("dog-0001", "dog-0002")).isNegative();
        assertThat(order.compare(new Document("id", 2), new Document("id", 1))).isPositive();
        assertThat(order.compare(new KeyValue("a", 1), new KeyValue("a", 2))).isNegative();
        assertThat(order.compare(new KeyValue("b", 1), new KeyValue("a", 2))).isPositive();
    }
}

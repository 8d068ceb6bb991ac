package dev.monarch.engine.staging;

import java.util.List;

import com.mongodb.client.MongoCollection;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;

/** The documents with a key that an index contains. */
class DuplicateKeyTests {

    private MongoCollection<BsonDocument> dogs;

    @BeforeEach
    void dogs(TestMongo mongo) {
        dogs = mongo.database().getCollection("dogs", BsonDocument.class);
        dogs.insertMany(List.of(
                BsonDocument.parse("{_id: 1, name: 'Rex', chip: 7, active: true}"),
                BsonDocument.parse("{_id: 2, name: 'Rex', chip: 7, active: false}"),
                BsonDocument.parse("{_id: 3, name: 'Rex', active: true}"),
                BsonDocument.parse("{_id: 4, name: /R/, chip: null}"),
                BsonDocument.parse("{_id: 5, tags: ['small', 'old']}"),
                BsonDocument.parse("{_id: 6, tags: 'old'}")));
    }

    @Test
    @MongoTest
    void aPlainIndexHasAllDocumentsWithTheKey() {
        assertThat(ids("{name: 'name_1', key: {name: 1}, unique: true}", "{name: 'Rex'}"))
                .containsExactly(1, 2, 3);
        assertThat(ids("{name: 'chip_1', key: {chip: 1}, unique: true}", "{chip: null}"))
                .containsExactly(3, 4, 5, 6);
        assertThat(ids("{name: 'tags_1', key: {tags: 1}, unique: true}", "{tags: 'old'}"))
                .containsExactly(5, 6);
    }

    @Test
    @MongoTest
    void aPartialIndexHasOnlyDocumentsThatMatchItsFilter() {
        assertThat(ids(
                        "{name: 'name_1', key: {name: 1}, unique: true, partialFilterExpression: {active: true}}",
                        "{name: 'Rex'}"))
                .containsExactly(1, 3);
    }

    @Test
    @MongoTest
    void aSparseIndexHasOnlyDocumentsWithAField() {
        assertThat(ids("{name: 'chip_1', key: {chip: 1}, unique: true, sparse: true}", "{chip: null}"))
                .containsExactly(4);
        assertThat(ids(
                        "{name: 'both', key: {chip: 1, name: 1}, unique: true, sparse: 1.0}",
                        "{chip: null, name: 'Rex'}"))
                .containsExactly(3);
        assertThat(ids("{name: 'both', key: {chip: 1, name: 1}, unique: true, sparse: 1}", "{chip: null, name: null}"))
                .isEmpty();
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void aRegularExpressionIsComparedAsAValue() {
        assertThat(ids("{name: 'name_1', key: {name: 1}, unique: true}", "{name: /R/}"))
                .containsExactly(4);
    }

    private List<Integer> ids(String index, String key) {
        return new DuplicateKey(BsonDocument.parse(index), BsonDocument.parse(key))
                .ids(dogs, 10).stream().map(id -> id.asInt32().getValue()).toList();
    }
}

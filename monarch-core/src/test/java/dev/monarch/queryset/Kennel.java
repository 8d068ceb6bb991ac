package dev.monarch.queryset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.mongodb.ReadPreference;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.RawBsonDocument;

import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.CatalogueReader;
import dev.monarch.engine.transfer.Subset;
import dev.monarch.engine.transfer.SubsetQueries;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.TestMongo;
import dev.monarch.transfer.CollectionDescription;

import static org.assertj.core.api.Assertions.assertThat;

/** A database for query sets, and the documents that they select. */
final class Kennel {

    private final MongoDatabase database;

    private final MonarchEnvironment environment;

    private final List<String> queried = new ArrayList<>();

    private ChunkLimits limits = ChunkLimits.DEFAULT;

    Kennel(TestMongo mongo) {
        this.database = mongo.database();
        this.environment =
                MonarchEnvironment.using("production", Protection.of(null), mongo.client(), mongo.databaseName());
    }

    /** The kennel of the examples: three dogs, two of them awesome, with a house each, and two cats. */
    static Kennel withDogs(TestMongo mongo) {
        return new Kennel(mongo)
                .holding(
                        "dogs",
                        "{_id: 1, name: 'Rex', type: 'Awesome'}",
                        "{_id: 2, name: 'Bella', type: 'Awesome'}",
                        "{_id: 3, name: 'Waldi', type: 'Lazy'}")
                .holding("dog_houses", "{_id: 'a', dog_id: 1}", "{_id: 'b', dog_id: 2}", "{_id: 'c', dog_id: 3}")
                .holding("cats", "{_id: 1}", "{_id: 2}");
    }

    Kennel holding(String collection, String... documents) {
        return holding(collection, Arrays.stream(documents).map(Document::parse).toList());
    }

    Kennel holding(String collection, List<Document> documents) {
        database.getCollection(collection).insertMany(documents);
        return this;
    }

    Kennel inChunksOf(int values, int bytes) {
        limits = new ChunkLimits(values, bytes);
        return this;
    }

    MonarchEnvironment environment() {
        return environment;
    }

    /** Returns the collection of each query that followed references. */
    List<String> queried() {
        return queried;
    }

    QuerySetSubset run(QuerySet querySet, QuerySetRequest request) {
        return (QuerySetSubset) new QuerySets(List.of(querySet), null, null, "changes", limits)
                .run(request, environment, ReadPreference.primary());
    }

    /** Runs a query set and returns the ids of the selected documents, by collection. */
    Map<String, List<Object>> selected(QuerySet querySet) {
        return selected(querySet, QuerySetRequest.of(querySet.name()));
    }

    Map<String, List<Object>> selected(QuerySet querySet, QuerySetRequest request) {
        return selected(run(querySet, request));
    }

    private Map<String, List<Object>> selected(QuerySetSubset choice) {
        Catalogue catalogue = new CatalogueReader(database).read();
        Map<String, List<Object>> selected = new TreeMap<>();
        try (Subset subset = choice.select(catalogue, queries())) {
            for (CollectionDescription collection : choice.selected(catalogue).collections()) {
                List<Object> ids = ids(subset, collection.name());
                assertThat(ids(subset, collection.name())).as("asked again").isEqualTo(ids);
                selected.put(collection.name(), ids);
            }
        }
        return selected;
    }

    private List<Object> ids(Subset subset, String collection) {
        List<Object> ids = new ArrayList<>();
        for (BsonDocument filter : subset.filters(collection)) {
            database.getCollection(collection)
                    .find(filter)
                    .sort(new Document("_id", 1))
                    .map(document -> document.get("_id"))
                    .into(ids);
        }
        assertThat(new HashSet<>(ids)).as("no document by two filters").hasSameSizeAs(ids);
        return ids;
    }

    /** Returns each document twice, as after a read that was cut off and restarted. */
    private SubsetQueries queries() {
        return (collection, filter, projection, consumer) -> {
            queried.add(collection);
            for (int time = 0; time < 2; time++) {
                database.getCollection(collection, RawBsonDocument.class)
                        .find(filter)
                        .projection(projection)
                        .forEach(consumer);
            }
        };
    }
}

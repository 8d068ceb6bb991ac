package dev.monarch.queryset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.mongodb.MongoException;
import com.mongodb.MongoNamespace;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.RenameCollectionOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import dev.monarch.OperationRefusedException;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The source for a query set: all reads are allowed, and all writes are refused. */
@MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
class ReadOnlyDatabaseTests {

    private static final Document ONE = new Document("_id", 1);

    private MongoDatabase source;

    private MongoDatabase database;

    @BeforeEach
    void open(TestMongo mongo) {
        Kennel.withDogs(mongo);
        source = mongo.database();
        database = ReadOnlyDatabase.of(source, "production");
    }

    @TestFactory
    Stream<DynamicTest> everyWriteIsRefused() {
        return writes().entrySet().stream()
                .map(write -> DynamicTest.dynamicTest(write.getKey(), () -> {
                    List<Document> before = everything();

                    assertThatExceptionOfType(OperationRefusedException.class)
                            .isThrownBy(write.getValue()::call)
                            .withMessageContaining(write.getKey().split(" ")[0])
                            .withMessageContaining("'production'")
                            .withMessageContaining("a query set may only read its source");

                    assertThat(everything()).isEqualTo(before);
                }));
    }

    private List<Document> everything() {
        List<Document> everything = new ArrayList<>();
        for (String name : new TreeSet<>(source.listCollectionNames().into(new ArrayList<>()))) {
            everything.add(new Document("collection", name));
            source.getCollection(name).find().into(everything);
            source.getCollection(name).listIndexes().into(everything);
        }
        return everything;
    }

    private Map<String, ThrowingCallable> writes() {
        MongoCollection<Document> dogs = database.getCollection("dogs");
        Map<String, ThrowingCallable> writes = new LinkedHashMap<>();
        writes.put("insertOne", () -> dogs.insertOne(new Document()));
        writes.put("insertMany", () -> dogs.insertMany(List.of(new Document())));
        writes.put("updateOne", () -> dogs.updateOne(ONE, Updates.set("a", 1)));
        writes.put("updateMany", () -> dogs.updateMany(ONE, Updates.set("a", 1)));
        writes.put("replaceOne", () -> dogs.replaceOne(ONE, new Document()));
        writes.put("deleteOne", () -> dogs.deleteOne(ONE));
        writes.put("deleteMany", () -> dogs.deleteMany(ONE));
        writes.put("bulkWrite", () -> dogs.bulkWrite(List.of(new InsertOneModel<>(new Document()))));
        writes.put("findOneAndDelete", () -> dogs.findOneAndDelete(ONE));
        writes.put("findOneAndUpdate", () -> dogs.findOneAndUpdate(ONE, Updates.set("a", 1)));
        writes.put("findOneAndReplace", () -> dogs.findOneAndReplace(ONE, new Document()));
        writes.put("createIndex", () -> dogs.createIndex(ONE));
        writes.put("dropIndexes", dogs::dropIndexes);
        writes.put("drop", dogs::drop);
        writes.put(
                "renameCollection",
                () -> dogs.renameCollection(
                        new MongoNamespace(database.getName(), "x"), new RenameCollectionOptions()));
        writes.put(
                "aggregate with $out",
                () -> dogs.aggregate(List.of(Aggregates.out("x"))).toCollection());
        writes.put(
                "aggregate with $merge",
                () -> dogs.aggregate(List.of(Aggregates.merge("x")), Document.class)
                        .first());
        writes.put("drop the database", database::drop);
        writes.put("createCollection", () -> database.createCollection("x"));
        writes.put("createView", () -> database.createView("x", "dogs", List.of()));
        writes.put(
                "runCommand(insert)", () -> database.runCommand(Document.parse("{insert: 'dogs', documents: [{}]}")));
        writes.put("runCommand(dropDatabase)", () -> database.runCommand(Document.parse("{dropDatabase: 1}")));
        writes.put("runCommand()", () -> database.runCommand(new Document()));
        writes.put(
                "aggregate with $out by a command",
                () -> database.runCommand(
                        Document.parse("{aggregate: 'dogs', pipeline: [{$match: {}}, {$out: 'x'}], cursor: {}}"),
                        BsonDocument.class));
        writes.put(
                "insertOne through views",
                () -> database.withReadConcern(ReadConcern.LOCAL)
                        .withWriteConcern(WriteConcern.W1)
                        .withReadPreference(ReadPreference.nearest())
                        .withCodecRegistry(database.getCodecRegistry())
                        .getCollection("dogs", BsonDocument.class)
                        .withDocumentClass(Document.class)
                        .withReadConcern(ReadConcern.LOCAL)
                        .withWriteConcern(WriteConcern.W1)
                        .withReadPreference(ReadPreference.nearest())
                        .withCodecRegistry(database.getCodecRegistry())
                        .insertOne(new Document()));
        return writes;
    }

    @Test
    void everythingCanBeRead() {
        MongoCollection<Document> dogs = database.getCollection("dogs");

        assertThat(dogs.find(Filters.eq("type", "Awesome")).map(dog -> dog.get("_id")))
                .containsExactly(1, 2);
        assertThat(dogs.countDocuments()).isEqualTo(3);
        assertThat(dogs.estimatedDocumentCount()).isEqualTo(3);
        assertThat(dogs.distinct("type", String.class)).containsExactly("Awesome", "Lazy");
        assertThat(dogs.aggregate(List.of(Aggregates.sortByCount("$type"))).first())
                .containsEntry("count", 2);
        assertThat(dogs.listIndexes()).hasSize(1);
        assertThat(dogs.getNamespace().getCollectionName()).isEqualTo("dogs");
        assertThat(database.getName()).isEqualTo(source.getName());
        assertThat(database.listCollectionNames()).contains("dogs", "cats");
        assertThat(database.runCommand(Document.parse("{count: 'dogs'}"))).containsEntry("n", 3);
        assertThat(database.runCommand(
                        Document.parse("{aggregate: 'dogs', pipeline: [{$match: {_id: 1}}], cursor: {}}")))
                .containsKey("cursor");
        try (var changes = dogs.watch().cursor()) {
            source.getCollection("dogs").insertOne(new Document("_id", 4));
            assertThat(changes.next())
                    .extracting(ChangeStreamDocument::getFullDocument)
                    .isEqualTo(new Document("_id", 4));
        }
    }

    @Test
    void serverErrorsAreNotWrapped() {
        assertThatThrownBy(() -> database.getCollection("dogs")
                        .find(Filters.eq("$nonsense", 1))
                        .first())
                .isInstanceOf(MongoException.class);
    }

    /** A new method of the driver is refused until it was reviewed. Remove a method that disappears from the list. */
    @Test
    void theAllowedMethodsExistInTheDriver() {
        Set<String> methods = new TreeSet<>();
        Stream.of(MongoDatabase.class, MongoCollection.class, Object.class)
                .flatMap(type -> Stream.of(type.getMethods()))
                .forEach(method -> methods.add(method.getName()));

        assertThat(methods).containsAll(ReadOnlyDatabase.READING);
    }
}

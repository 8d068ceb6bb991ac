package dev.monarch.spring.boot.version;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.assertj.core.api.SoftAssertions;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.BulkOperationException;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.MongoTransactionManager;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.transaction.support.TransactionTemplate;

import dev.monarch.engine.version.VersionRecords;
import dev.monarch.environment.Approval;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;
import dev.monarch.version.DocumentVersions;
import dev.monarch.version.DocumentVersions.ContractRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Updates of a field that version 2 has changed, while old instances use the same documents. */
@MongoTest
class VersionUpdateTests {

    /** Every way to update one dog. */
    private static final Map<String, Way> WAYS = new LinkedHashMap<>();

    static {
        WAYS.put("updateFirst", (template, dog, update) -> template.updateFirst(dog, update, Dog.class));
        WAYS.put("updateMulti", (template, dog, update) -> template.updateMulti(dog, update, Dog.class));
        WAYS.put("upsert", (template, dog, update) -> template.upsert(dog, update, Dog.class));
        WAYS.put("findAndModify", (template, dog, update) -> template.findAndModify(dog, update, Dog.class));
        WAYS.put(
                "findAndModify, new",
                (template, dog, update) -> template.findAndModify(
                        dog,
                        update,
                        FindAndModifyOptions.options().returnNew(true).upsert(true),
                        Dog.class));
        WAYS.put(
                "bulk updateOne",
                (template, dog, update) -> template.bulkOps(BulkMode.UNORDERED, Dog.class)
                        .updateOne(dog, update)
                        .execute());
        WAYS.put(
                "bulk updateMulti",
                (template, dog, update) -> template.bulkOps(BulkMode.ORDERED, Dog.class)
                        .updateMulti(dog, update)
                        .execute());
        WAYS.put(
                "driver",
                (template, dog, update) -> template.getCollection("dogs")
                        .updateOne(
                                new Document("_id", dog.getQueryObject().get("_id")), Updates.set("weight_kg", 7.0)));
    }

    private interface Way {

        void update(MongoTemplate template, Query dog, Update update);
    }

    @Test
    void everyWayToUpdateIsSeenByBothBuilds(TestMongo mongo) {
        try (var application = DocumentVersionTests.start(mongo, DocumentVersionTests.Application.class)) {
            MongoTemplate template = application.getBean(MongoTemplate.class);
            DogRepository repository = application.getBean(DogRepository.class);
            SoftAssertions all = new SoftAssertions();
            int id = 0;
            for (Map.Entry<String, Way> way : WAYS.entrySet()) {
                for (int written = 0; written < 3; written++) {
                    id++;
                    insert(mongo, template, id, written);
                    way.getValue().update(template, withId(id), Update.update("weightKg", 7.0));

                    String what = way.getKey() + " of a document that "
                            + List.of("has version 1", "an old instance has written since", "has version 2")
                                    .get(written);
                    all.assertThat(dogs(mongo).find(new Document("_id", id)).first())
                            .as("stored after " + what)
                            .containsEntry("weight_kg", 7.0)
                            .containsEntry("weight", 14.0)
                            .containsEntry("_v", 2);
                    all.assertThat(repository.findById(id).orElseThrow().weightKg)
                            .as("read after " + what)
                            .isEqualTo(7.0);
                }
            }
            all.assertAll();
        }
    }

    private static void insert(TestMongo mongo, MongoTemplate template, int id, int written) {
        if (written == 0) {
            dogs(mongo).insertOne(Document.parse("{name: 'Rex', weight: 20}").append("_id", id));
            return;
        }
        template.insert(written == 3 ? new Document("_id", id) : Dog.of(id, "Rex", 10), "dogs");
        if (written == 1 || written == 3) {
            dogs(mongo).updateOne(Filters.eq("_id", id), Updates.set("weight", 30));
        }
    }

    @Test
    void anUpdateIsAppliedToWhatTheNewBuildReads(TestMongo mongo) {
        dogs(mongo)
                .insertMany(IntStream.rangeClosed(1, 250)
                        .mapToObj(id ->
                                new Document("_id", id).append("weight", 20).append("nick", "r"))
                        .toList());
        try (var application = DocumentVersionTests.start(mongo, DocumentVersionTests.Application.class)) {
            MongoTemplate template = application.getBean(MongoTemplate.class);
            assertThat(template.findAndModify(withId(1), new Update().inc("weightKg", 1.0), Dog.class))
                    .as("before the update")
                    .hasToString("null 10.0");
            assertThat(template.findAndModify(
                            withId(2),
                            new Update().inc("weightKg", 1.0),
                            FindAndModifyOptions.options().returnNew(true),
                            Dog.class))
                    .hasToString("null 11.0");
            var result = template.updateMulti(
                    new Query(Criteria.where("nick").is("r").and("_id").gt(2)),
                    new Update().inc("weightKg", 2.0),
                    Dog.class);
            assertThat(result.getMatchedCount()).isEqualTo(248);
            assertThat(result.getModifiedCount()).isEqualTo(248);
            assertThat(dogs(mongo).countDocuments(Document.parse("{weight_kg: 12.0, weight: 24.0, _v: 2}")))
                    .isEqualTo(248);
            assertThat(dogs(mongo).countDocuments(Document.parse("{weight_kg: 11.0, weight: 22.0}")))
                    .isEqualTo(2);

            // What does not concern old instances leaves their fields, though the conversion is not exact.
            dogs(mongo).insertOne(Document.parse("{_id: 300, weight: NumberInt(21)}"));
            template.updateFirst(withId(300), Update.update("name", "Bo"), Dog.class);
            assertThat(dogs(mongo).find(new Document("_id", 300)).first())
                    .containsEntry("weight", 21)
                    .containsEntry("weight_kg", 10.5);
            assertThat(template.updateFirst(withId(999), Update.update("name", "Bo"), Dog.class)
                            .getMatchedCount())
                    .isZero();
            assertThat(template.findAndModify(withId(999), Update.update("name", "Bo"), Dog.class))
                    .isNull();
        }
    }

    @Test
    void anUpsertThatInsertsWritesBothVersions(TestMongo mongo) {
        try (var application = DocumentVersionTests.start(mongo, DocumentVersionTests.Application.class)) {
            MongoTemplate template = application.getBean(MongoTemplate.class);
            Update update = Update.update("weightKg", 7.0).setOnInsert("name", "new");
            assertThat(template.upsert(withId(1), update, Dog.class).getUpsertedId())
                    .isNotNull();
            template.upsert(new Query(Criteria.where("name").is("Luna")), Update.update("weightKg", 7.0), Dog.class);
            FindAndModifyOptions upsert = FindAndModifyOptions.options().upsert(true);
            assertThat(template.findAndModify(withId(2), update, upsert, Dog.class))
                    .isNull();
            assertThat(template.findAndModify(withId(3), update, upsert.returnNew(true), Dog.class))
                    .hasToString("new 7.0");
            assertThat(template.bulkOps(BulkMode.ORDERED, Dog.class)
                            .upsert(withId(4), update)
                            .execute()
                            .getUpserts())
                    .hasSize(1);
            assertThat(dogs(mongo).find())
                    .hasSize(5)
                    .allSatisfy(dog -> assertThat(dog)
                            .containsEntry("weight_kg", 7.0)
                            .containsEntry("weight", 14.0)
                            .containsKey("_v_kept")
                            .containsEntry("_v", 2));
        }
    }

    @Test
    void aBulkWriteHasTheResultOfOneBulkWrite(TestMongo mongo) {
        dogs(mongo).insertOne(Document.parse("{_id: 1, weight: 20}"));
        try (var application = DocumentVersionTests.start(mongo, DocumentVersionTests.Application.class)) {
            MongoTemplate template = application.getBean(MongoTemplate.class);
            var result = template.bulkOps(BulkMode.ORDERED, Dog.class)
                    .insert(Dog.of(2, "Bo", 5))
                    .updateOne(withId(2), new Update().inc("weightKg", 1.0))
                    .updateMulti(new Query(), new Update().inc("weightKg", 1.0))
                    .remove(withId(1))
                    .upsert(withId(3), Update.update("weightKg", 3.0))
                    .execute();
            assertThat(List.of(
                            result.getInsertedCount(),
                            result.getMatchedCount(),
                            result.getModifiedCount(),
                            result.getDeletedCount()))
                    .containsExactly(1, 3, 3, 1);
            assertThat(result.getUpserts())
                    .singleElement()
                    .satisfies(upsert -> assertThat(upsert.getIndex()).isEqualTo(4));
            assertThat(template.findAll(Dog.class))
                    .extracting(Dog::toString)
                    .containsExactlyInAnyOrder("Bo 7.0", "null 3.0");

            assertThatThrownBy(() -> template.bulkOps(BulkMode.ORDERED, Dog.class)
                            .updateOne(withId(3), Update.update("weightKg", 4.0))
                            .insert(Dog.of(2, "again", 1))
                            .updateOne(withId(3), Update.update("weightKg", 5.0))
                            .execute())
                    .isInstanceOfSatisfying(
                            BulkOperationException.class,
                            failed -> assertThat(failed.getErrors())
                                    .singleElement()
                                    .satisfies(error ->
                                            assertThat(error.getIndex()).isEqualTo(1)));
            assertThat(dogs(mongo).find(new Document("_id", 3)).first())
                    .as("it ended at the error")
                    .containsEntry("weight_kg", 4.0);
        }
    }

    /** A backup that was made before the contraction has such documents, too. */
    @Test
    void afterTheContractionADocumentOfAnOldInstanceIsUpgradedFirst(TestMongo mongo) {
        try (var application = DocumentVersionTests.start(mongo, DocumentVersionTests.Application.class)) {
            insert(mongo, application.getBean(MongoTemplate.class), 1, 1);
        }
        dogs(mongo).insertOne(Document.parse("{_id: 2, weight: 20}"));
        VersionRecords records = new VersionRecords(mongo.database());
        records.contract("dogs", 2);
        records.complete("dogs");
        try (var application = DocumentVersionTests.start(mongo, DocumentVersionTests.Application.class)) {
            MongoTemplate template = application.getBean(MongoTemplate.class);
            template.insert(Dog.of(3, "Bo", 5));
            Query onlyWeight = withId(2);
            onlyWeight.fields().include("weight_kg");
            assertThat(template.find(onlyWeight, Dog.class))
                    .as("a projection of what is stored")
                    .extracting(dog -> dog.weightKg)
                    .containsOnlyNulls();
            for (int id = 1; id <= 3; id++) {
                template.updateFirst(withId(id), new Update().inc("weightKg", 1.0), Dog.class);
            }
            assertThat(dogs(mongo).find())
                    .extracting(dog -> dog.get("weight_kg") + " " + dog.get("weight") + " v" + dog.get("_v"))
                    .containsExactly("16.0 null v2", "11.0 null v2", "6.0 null v2");
        }
    }

    /** The last writes of old instances may still be upgraded when the new ones no longer write what old ones need. */
    @Test
    void noWriteOfEitherBuildIsLostWhileAContractionRuns(TestMongo mongo) {
        int dogs = 4 * WAYS.size();
        try (var application = DocumentVersionTests.start(mongo, DocumentVersionTests.Application.class)) {
            MongoTemplate template = application.getBean(MongoTemplate.class);
            for (int id = 1; id <= dogs + 3; id++) {
                insert(mongo, template, id, id % 4);
            }
        }
        new VersionRecords(mongo.database()).contract("dogs", 2);
        try (var application = DocumentVersionTests.start(mongo, DocumentVersionTests.Application.class)) {
            MongoTemplate template = application.getBean(MongoTemplate.class);
            Query onlyWeights = new Query();
            onlyWeights.fields().include("weight_kg");
            assertThat(template.find(onlyWeights, Dog.class))
                    .extracting(dog -> dog.weightKg)
                    .containsOnly(10.0, 15.0);
            Query onlyWeight = withId(dogs + 3);
            onlyWeight.fields().include("weight_kg");
            assertThat(template.findAndRemove(onlyWeight, Dog.class)).hasToString("null 15.0");
            dogs(mongo).deleteMany(Filters.gt("_id", dogs));
            int id = 0;
            for (Way way : WAYS.values()) {
                for (int written = 0; written < 4; written++) {
                    way.update(template, withId(++id), Update.update("weightKg", 7.0));
                }
            }

            application.getBean(DocumentVersions.class).contract(ContractRequest.of("dogs", 2), Approval.none());

            assertThat(dogs(mongo).find())
                    .hasSize(dogs)
                    .allSatisfy(dog -> assertThat(dog)
                            .containsEntry("weight_kg", 7.0)
                            .containsEntry("_v", 2)
                            .doesNotContainKeys("weight", "_v_kept"));
        }
    }

    /** Neither build loses a write of the other one, whatever the order. */
    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void writesOfBothBuildsAtTheSameTimeAreAllKept(TestMongo mongo) {
        int writes = 60;
        dogs(mongo).insertMany(List.of(Document.parse("{_id: 1, weight: 20}"), Document.parse("{_id: 2, weight: 20}")));
        try (var application = DocumentVersionTests.start(mongo, DocumentVersionTests.Application.class)) {
            MongoTemplate template = application.getBean(MongoTemplate.class);
            CompletableFuture<Void> old = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < writes; i++) {
                    dogs(mongo).updateOne(Filters.eq("_id", i % 2 + 1), Updates.inc("weight", 2));
                }
            });
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < writes; i++) {
                    template.updateFirst(withId(i % 2 + 1), new Update().inc("weightKg", 1), Dog.class);
                }
            });
            for (int i = 0; i < writes / 2; i++) {
                template.updateMulti(new Query(), new Update().inc("weightKg", 1), Dog.class);
            }
            old.join();
            other.join();

            double each = 10 + (writes * 3) / 2.0;
            assertThat(template.findAll(Dog.class))
                    .extracting(dog -> dog.weightKg)
                    .containsExactly(each, each);
            assertThat(dogs(mongo).countDocuments(Filters.exists("_v_kept.lock")))
                    .as("what made the other build wait")
                    .isZero();
        }
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void anUpdateInATransactionIsRolledBackWithIt(TestMongo mongo) {
        dogs(mongo).insertOne(Document.parse("{_id: 1, weight: 20}"));
        try (var application = DocumentVersionTests.start(
                mongo, DocumentVersionTests.Application.class, TransactionConfiguration.class)) {
            MongoTemplate template = application.getBean(MongoTemplate.class);
            var transaction = new TransactionTemplate(application.getBean(MongoTransactionManager.class));
            transaction.executeWithoutResult(status -> {
                template.updateFirst(withId(1), new Update().inc("weightKg", 1.0), Dog.class);
                template.updateMulti(new Query(), new Update().inc("weightKg", 1.0), Dog.class);
                assertThat(template.findById(1, Dog.class)).hasToString("null 12.0");
                status.setRollbackOnly();
            });
            assertThat(dogs(mongo).find()).containsExactly(Document.parse("{_id: 1, weight: 20}"));
            transaction.executeWithoutResult(
                    status -> template.updateFirst(withId(1), new Update().inc("weightKg", 1.0), Dog.class));
            assertThat(dogs(mongo).find().first()).containsEntry("weight", 22.0);
        }
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void aPipelineUpdatesWhatTheNewBuildReads(TestMongo mongo) {
        dogs(mongo).insertOne(Document.parse("{_id: 1, weight: 20}"));
        try (var application = DocumentVersionTests.start(mongo, DocumentVersionTests.Application.class)) {
            MongoCollection<Document> dogs =
                    application.getBean(MongoTemplate.class).getCollection("dogs");
            dogs.updateOne(
                    new Document("_id", 1),
                    List.of(Document.parse("{$set: {weight_kg: {$multiply: ['$weight_kg', 3]}}}")));
            assertThat(dogs(mongo).find().first())
                    .containsEntry("weight_kg", 30.0)
                    .containsEntry("weight", 60.0);
        }
    }

    private static Query withId(int id) {
        return new Query(Criteria.where("_id").is(id));
    }

    private static MongoCollection<Document> dogs(TestMongo mongo) {
        return mongo.database().getCollection("dogs");
    }

    @Configuration(proxyBeanMethods = false)
    static class TransactionConfiguration {

        @Bean
        MongoTransactionManager transactionManager(MongoDatabaseFactory factory) {
            return new MongoTransactionManager(factory);
        }
    }
}

package dev.monarch.spring.boot.version;

import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.MongoTransactionManager;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.FindAndReplaceOptions;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.aggregation.Aggregation;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.data.mongodb.repository.config.EnableMongoRepositories;
import org.springframework.transaction.support.TransactionTemplate;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;
import dev.monarch.version.DocumentVersion;
import dev.monarch.version.DocumentVersionChange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** An application whose dogs have version 2, on documents of version 1. */
@MongoTest
class DocumentVersionTests {

    private static final Query REX = new Query(Criteria.where("name").is("Rex"));

    @Test
    void everyWayToReadSeesTheNewestVersion(TestMongo mongo) {
        dogs(mongo)
                .insertMany(List.of(
                        Document.parse("{_id: 1, name: 'Rex', weight: 20}"),
                        Document.parse("{_id: 2, name: 'Bo', weight: 10, mother: {$ref: 'dogs', $id: 1}, father: 1}")));
        try (var application = start(mongo, Application.class)) {
            MongoTemplate template = application.getBean(MongoTemplate.class);
            DogRepository repository = application.getBean(DogRepository.class);

            assertThat(template.findAll(Dog.class)).hasToString("[Rex 10.0, Bo 5.0]");
            assertThat(template.find(REX, Dog.class)).hasToString("[Rex 10.0]");
            assertThat(template.findOne(REX, Dog.class)).hasToString("Rex 10.0");
            assertThat(template.findById(1, Dog.class)).hasToString("Rex 10.0");
            assertThat(template.stream(REX, Dog.class).toList()).hasToString("[Rex 10.0]");
            assertThat(template.query(Dog.class).matching(REX).all()).hasToString("[Rex 10.0]");
            assertThat(template.query(Dog.class).as(Weighed.class).matching(REX).oneValue())
                    .isEqualTo(new Weighed(10.0));
            assertThat(template.findOne(partly("weight_kg"), Dog.class)).hasToString("Rex 10.0");
            assertThat(template.findOne(partly("name"), Document.class, "dogs")).containsEntry("weight_kg", 10.0);
            assertThat(repository.findAll()).hasToString("[Rex 10.0, Bo 5.0]");
            assertThat(repository.findByName("Rex"))
                    .extracting(DogRepository.Weight::getWeightKg)
                    .containsExactly(10.0);
            assertThat(repository.findByNameNotNull(PageRequest.of(1, 1)).getContent())
                    .hasToString("[Bo 5.0]");
            assertThat(repository.part("Rex")).hasToString("Rex 10.0");
            Dog bo = repository.findById(2).orElseThrow();
            assertThat(bo.father).hasToString("Rex 10.0");
            assertThat(java.util.Objects.requireNonNull(bo.mother).getWeightKg())
                    .isEqualTo(10.0);
            List<Document> handled = new ArrayList<>();
            template.executeQuery(REX, "dogs", handled::add);
            assertThat(handled).containsExactly(Document.parse("{_id: 1, name: 'Rex', weight_kg: 10.0, _v: 2}"));
            assertThat(template.getCollection("dogs")
                            .find(new Document("_id", 1))
                            .first())
                    .isEqualTo(handled.get(0));
            assertThat(template.findAndModify(REX, Update.update("age", 3), Dog.class))
                    .hasToString("Rex 10.0");
            assertThat(template.findAndModify(
                            partly("weight_kg"),
                            Update.update("age", 4),
                            FindAndModifyOptions.options().returnNew(true),
                            Dog.class))
                    .hasToString("Rex 10.0");
            assertThat(template.findAndRemove(REX, Dog.class)).hasToString("Rex 10.0");
            assertThat(template.findAllAndRemove(new Query(), Dog.class)).hasToString("[Bo 5.0]");
        }
    }

    @Test
    void theseSeeWhatIsStored(TestMongo mongo) {
        dogs(mongo).insertOne(Document.parse("{_id: 1, name: 'Rex', weight: 20}"));
        try (var application = start(mongo, Application.class)) {
            MongoTemplate template = application.getBean(MongoTemplate.class);
            Document stored = Document.parse("{_id: 1, name: 'Rex', weight: 20}");

            assertThat(template.aggregate(
                                    Aggregation.newAggregation(Aggregation.match(
                                            Criteria.where("_id").is(1))),
                                    "dogs",
                                    Document.class)
                            .getMappedResults())
                    .containsExactly(stored);
            assertThat(application.getBean(DogRepository.class).aggregated("Rex").weightKg)
                    .isNull();
            assertThat(template.findDistinct("weight", Dog.class, Integer.class))
                    .containsExactly(20);
            assertThat(template.findDistinct("weight_kg", Dog.class, Double.class))
                    .isEmpty();
            Query byNewField = new Query(Criteria.where("weightKg").is(10.0));
            assertThat(template.find(byNewField, Dog.class)).isEmpty();
            assertThat(template.exists(byNewField, Dog.class)).isFalse();
            assertThat(template.count(byNewField, Dog.class)).isZero();
            assertThat(application
                            .getBean(MongoClient.class)
                            .getDatabase(mongo.databaseName())
                            .getCollection("dogs")
                            .find())
                    .containsExactly(stored);
            assertThat(template.getCollection("dogs")
                            .find()
                            .projection(Projections.fields(
                                    Projections.include("name"), Projections.elemMatch("toys", new Document("$gt", 0))))
                            .first())
                    .doesNotContainKey("weight_kg");
            dogs(mongo).updateOne(new Document("_id", 1), Document.parse("{$set: {weight_kg: 7.0}}"));
            assertThat(template.findById(1, Dog.class))
                    .as("an update past the template is lost")
                    .hasToString("Rex 10.0");
        }
    }

    @Test
    void everyWayToWriteKeepsWhatOldInstancesNeed(TestMongo mongo) {
        try (var application = start(mongo, Application.class)) {
            MongoTemplate template = application.getBean(MongoTemplate.class);
            DogRepository repository = application.getBean(DogRepository.class);

            Dog first = template.insert(Dog.of(1, "insert", 1));
            template.insertAll(List.of(Dog.of(2, "insertAll", 2)));
            template.insert(List.of(Dog.of(3, "insert of many", 3)), Dog.class);
            template.save(Dog.of(4, "save", 4));
            repository.saveAll(List.of(Dog.of(5, "saveAll", 5)));
            first.name = "saved again, with optimistic locking";
            template.save(first);
            template.bulkOps(BulkMode.ORDERED, Dog.class)
                    .insert(Dog.of(6, "bulk", 6))
                    .insert(Dog.of(7, "to be replaced", 7))
                    .replaceOne(new Query(Criteria.where("_id").is(7)), Dog.of(7, "replaced in bulk", 7))
                    .execute();
            template.findAndReplace(
                    new Query(Criteria.where("_id").is(8)),
                    Dog.of(8, "findAndReplace", 8),
                    FindAndReplaceOptions.options().upsert());
            template.replace(new Query(Criteria.where("_id").is(5)), Dog.of(5, "replace", 5));
            template.save(Document.parse("{_id: 9, name: 'document', weight_kg: 9.0}"), "dogs");

            assertThat(dogs(mongo).find().sort(new Document("_id", 1)))
                    .hasSize(9)
                    .allSatisfy(dog -> assertThat(dog)
                            .containsEntry("_v", 2)
                            .containsEntry("weight_kg", dog.getInteger("_id").doubleValue())
                            .containsEntry("weight", dog.getInteger("_id") * 2.0)
                            .containsKey("_v_kept"));
            assertThat(repository.findAll())
                    .extracting(dog -> dog.weightKg)
                    .containsExactlyInAnyOrder(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0);
            assertThatThrownBy(() -> {
                        Dog stale = Dog.of(1, "stale", 1);
                        stale.revision = 0L;
                        template.save(stale);
                    })
                    .isInstanceOf(OptimisticLockingFailureException.class);

            template.upsert(new Query(Criteria.where("_id").is(10)), Update.update("weightKg", 10.0), Dog.class);
            template.findAndModify(
                    new Query(Criteria.where("_id").is(11)),
                    Update.update("weightKg", 11.0).setOnInsert("name", "eleven"),
                    FindAndModifyOptions.options().upsert(true),
                    Dog.class);
            assertThat(dogs(mongo).find(new Document("_id", new Document("$gte", 10))))
                    .extracting(dog -> dog.get("_v") + " " + dog.get("weight_kg") + " " + dog.get("weight"))
                    .containsExactly("2 10.0 20.0", "2 11.0 22.0");
            assertThat(repository.findById(11)).hasToString("Optional[eleven 11.0]");
        }
    }

    @Test
    void anOldInstanceReadsAndWritesTheSameDocuments(TestMongo mongo) {
        dogs(mongo).insertOne(Document.parse("{_id: 1, name: 'Rex', weight: 20, revision: 0}"));
        try (var application = start(mongo, Application.class)) {
            DogRepository repository = application.getBean(DogRepository.class);
            Dog rex = repository.findById(1).orElseThrow();
            rex.weightKg = 12.0;
            application.getBean(MongoTemplate.class).save(rex);
            assertThat(dogs(mongo).find().first()).containsEntry("weight", 24.0);

            // An update of one field by an old instance.
            dogs(mongo).updateOne(new Document("_id", 1), Document.parse("{$set: {weight: 30}}"));
            assertThat(repository.findById(1)).hasToString("Optional[Rex 15.0]");

            // An old instance saves the fields that it knows.
            dogs(mongo).replaceOne(new Document("_id", 1), Document.parse("{name: 'Rex II', weight: 40, revision: 2}"));
            assertThat(repository.findById(1)).hasToString("Optional[Rex II 20.0]");
        }
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void aTransactionSeesVersionsToo(TestMongo mongo) {
        dogs(mongo).insertOne(Document.parse("{_id: 1, name: 'Rex', weight: 20}"));
        try (var application = start(mongo, Application.class, Transactions.class)) {
            MongoTemplate template = application.getBean(MongoTemplate.class);
            var transaction = new TransactionTemplate(application.getBean(MongoTransactionManager.class));
            transaction.executeWithoutResult(status -> {
                assertThat(template.findAll(Dog.class)).hasToString("[Rex 10.0]");
                template.insert(Dog.of(2, "Bo", 5));
                status.setRollbackOnly();
            });
            assertThat(dogs(mongo).countDocuments()).isOne();
            transaction.executeWithoutResult(status -> template.insert(Dog.of(2, "Bo", 5)));
            assertThat(dogs(mongo).find(new Document("_id", 2)).first()).containsEntry("weight", 10.0);
        }
    }

    @Test
    void anIncompleteBeanIsRefusedWhenTheApplicationStarts(TestMongo mongo) {
        assertThatThrownBy(() -> start(mongo, Application.class, Twice.class))
                .rootCause()
                .isInstanceOf(OperationRefusedException.class)
                .hasMessageContaining("makes version 2 of 'dogs', and so does another bean")
                .hasMessageContaining("no bean makes version 3 of 'dogs'")
                .hasMessageContaining("makes a version of 'fs.files': the driver reads the collections of GridFS");
    }

    @Test
    void aTemplateWithAFactoryOfItsOwnIsRefused(TestMongo mongo) {
        assertThatThrownBy(() -> start(mongo, Application.class, OwnFactory.class))
                .rootCause()
                .isInstanceOf(OperationRefusedException.class)
                .hasMessageContaining("'mongoTemplate'")
                .hasMessageContaining("the bean has a database factory that is not a bean");
    }

    @Test
    void aFieldWithTwoMeaningsIsRefusedWhenTheApplicationStarts(TestMongo mongo) {
        dogs(mongo).insertOne(Document.parse("{_id: 1, age: 3, house: {rooms: 2}}"));
        assertThatThrownBy(() -> start(mongo, Application.class, AgeInMonths.class))
                .rootCause()
                .isInstanceOfSatisfying(
                        OperationRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.VERSION_FIELD_CONFLICT))
                .hasMessageContaining(
                        "the versions 2 and 3 of 'dogs' both have the field 'age', with different meanings:"
                                + " 3 and 36 in the document with _id 1")
                .hasMessageContaining("'house.rooms'")
                .hasMessageContaining("the versions 1 and 2 of 'kennels' both have the field 'size', with different"
                        + " meanings: 7.5 and 15.0");
    }

    @Test
    void aDocumentThatCannotBeUpgradedIsNamedWhenTheApplicationStarts(TestMongo mongo) {
        dogs(mongo).insertOne(Document.parse("{_id: 'odd', age: 'three'}"));
        assertThatThrownBy(() -> start(mongo, Application.class, AgeInMonths.class))
                .rootCause()
                .hasMessageContaining("the document with _id odd in 'dogs' cannot be changed between its versions:"
                        + " java.lang.ClassCastException");
    }

    private static Query partly(String field) {
        Query query = new Query(Criteria.where("name").is("Rex"));
        query.fields().include(field);
        return query;
    }

    private static MongoCollection<Document> dogs(TestMongo mongo) {
        return mongo.database().getCollection("dogs");
    }

    static ConfigurableApplicationContext start(TestMongo mongo, Class<?>... configurations) {
        return new SpringApplicationBuilder(configurations)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .run("--spring.mongodb.uri=" + mongo.uri(), "--monarch.backfills.enabled=false");
    }

    record Weighed(Double weightKg) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableMongoRepositories
    @Import(WeightInKg.class)
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    static class Transactions {

        @Bean
        MongoTransactionManager transactionManager(MongoDatabaseFactory factory) {
            return new MongoTransactionManager(factory);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Twice {

        @Bean
        @DocumentVersion(collection = "dogs", version = 2)
        DocumentVersionChange again() {
            return dog -> {};
        }

        @Bean
        @DocumentVersion(collection = "fs.files", version = 2)
        DocumentVersionChange file() {
            return file -> {};
        }

        @Bean
        @DocumentVersion(collection = "dogs", version = 4)
        DocumentVersionChange later() {
            return dog -> {};
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class AgeInMonths {

        @Bean
        @DocumentVersion(collection = "dogs", version = 3)
        DocumentVersionChange months() {
            return dog -> {
                dog.computeIfPresent("age", (name, age) -> (Integer) age * 12);
                if (dog.get("house") instanceof Document house) {
                    house.put("rooms", "many");
                }
            };
        }

        /** No document exists. */
        @Bean
        @DocumentVersion(collection = "kennels", version = 2)
        DocumentVersionChange size() {
            return kennel -> {
                if (kennel.get("size") instanceof Double size) {
                    kennel.put("size", size * 2);
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnFactory {

        @Bean
        MongoTemplate mongoTemplate() {
            return new MongoTemplate(
                    new SimpleMongoClientDatabaseFactory(MongoClients.create("mongodb://localhost:1"), "kennel"));
        }
    }
}

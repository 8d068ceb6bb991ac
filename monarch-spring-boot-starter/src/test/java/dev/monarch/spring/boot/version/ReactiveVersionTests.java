package dev.monarch.spring.boot.version;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.mongodb.ReactiveMongoDatabaseFactory;
import org.springframework.data.mongodb.ReactiveMongoTransactionManager;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.aggregation.Aggregation;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.data.mongodb.repository.ReactiveMongoRepository;
import org.springframework.data.mongodb.repository.config.EnableReactiveMongoRepositories;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

import dev.monarch.spring.boot.autoconfigure.ReactiveProcess;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;

/** Versions of documents with the reactive driver, which only this process has. */
@MongoTest
class ReactiveVersionTests {

    @Test
    void reactiveTemplatesAndRepositoriesReadAndWriteTheNewestVersion(TestMongo mongo) throws Exception {
        mongo.database()
                .getCollection("dogs")
                .insertMany(List.of(
                        Document.parse("{_id: 1, name: 'Rex', weight: 20, revision: 0}"),
                        Document.parse("{_id: 7, name: 'updateFirst', weight: 20}")));

        assertThat(run("--spring.mongodb.uri=" + mongo.uri(), "--monarch.backfills.enabled=false"))
                .contains(
                        "findAll [Rex 10.0, updateFirst 10.0]",
                        "find [Rex 10.0]",
                        "part [Rex 10.0]",
                        "findById [Rex 10.0]",
                        "findAndModify [Rex 10.0]",
                        "repository [Rex 10.0, updateFirst 10.0]",
                        "aggregate [Rex null]",
                        "done");
        assertThat(mongo.database().getCollection("dogs").find().sort(new Document("_id", 1)))
                .extracting(dog ->
                        dog.get("name") + " " + dog.get("weight") + " " + dog.get("weight_kg") + " v" + dog.get("_v"))
                .containsExactly(
                        "Rex 24.0 12.0 v2",
                        "insert 4.0 2.0 v2",
                        "insertAll 6.0 3.0 v2",
                        "save 8.0 4.0 v2",
                        "saveAll 10.0 5.0 v2",
                        "upsert 12.0 6.0 v2",
                        "updateFirst 16.0 8.0 v2");
    }

    /** The transaction that was rolled back left nothing. */
    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void reactiveTransactionsSeeVersionsToo(TestMongo mongo) throws Exception {
        mongo.database().getCollection("dogs").insertOne(Document.parse("{_id: 7, name: 'updateFirst', weight: 20}"));

        assertThat(run("--spring.mongodb.uri=" + mongo.uri(), "--monarch.backfills.enabled=false", "transactions"))
                .contains("in the transaction [updateFirst 11.0, Bo 5.0]", "rolled back [updateFirst 10.0]", "done");
        assertThat(mongo.database().getCollection("dogs").find())
                .extracting(dog -> dog.get("name") + " " + dog.get("weight") + " v" + dog.get("_v"))
                .containsExactly("updateFirst 22.0 v2", "Bo 10.0 v2");
    }

    private static List<String> run(String... arguments) throws IOException, InterruptedException {
        return ReactiveProcess.run(Application.class, arguments);
    }

    interface ReactiveDogs extends ReactiveMongoRepository<Dog, Integer> {}

    /** An application with the reactive driver, as a process. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableReactiveMongoRepositories(considerNestedRepositories = true)
    @Import(WeightInKg.class)
    static class Application {

        public static void main(String[] arguments) {
            try (var context = new SpringApplicationBuilder(Application.class)
                    .web(WebApplicationType.NONE)
                    .bannerMode(Banner.Mode.OFF)
                    .run(arguments)) {
                ReactiveMongoTemplate template = context.getBean(ReactiveMongoTemplate.class);
                ReactiveDogs repository = context.getBean(ReactiveDogs.class);
                if (List.of(arguments).contains("transactions")) {
                    inTransactions(context.getBean(ReactiveMongoDatabaseFactory.class), template);
                } else {
                    read(template, repository);
                    write(template, repository);
                }
                System.out.println("done");
            } catch (RuntimeException e) {
                e.printStackTrace();
            } finally {
                System.exit(0);
            }
        }

        private static void read(ReactiveMongoTemplate template, ReactiveDogs repository) {
            Query rex = new Query(Criteria.where("name").is("Rex"));
            Query part = new Query(Criteria.where("name").is("Rex"));
            part.fields().include("name", "weight_kg");
            print("findAll", template.findAll(Dog.class).collectList().block());
            print("find", template.find(rex, Dog.class).collectList().block());
            print("part", template.find(part, Dog.class).collectList().block());
            print("findById", List.of(template.findById(1, Dog.class).block()));
            print(
                    "aggregate",
                    template.aggregate(
                                    Aggregation.newAggregation(Aggregation.match(
                                            Criteria.where("_id").is(1))),
                                    "dogs",
                                    Dog.class)
                            .collectList()
                            .block());
            print(
                    "findAndModify",
                    List.of(template.findAndModify(part, Update.update("age", 3), Dog.class)
                            .block()));
            print("repository", repository.findAll().collectList().block());
        }

        private static void write(ReactiveMongoTemplate template, ReactiveDogs repository) {
            Dog rex = Objects.requireNonNull(repository.findById(1).block());
            rex.weightKg = 12.0;
            template.save(rex).block();
            template.insert(Dog.of(2, "insert", 2)).block();
            template.insertAll(List.of(Dog.of(3, "insertAll", 3))).collectList().block();
            template.save(Dog.of(4, "save", 4)).block();
            repository.saveAll(List.of(Dog.of(5, "saveAll", 5))).collectList().block();
            template.upsert(
                            new Query(Criteria.where("_id").is(6)),
                            Update.update("weightKg", 6.0).set("name", "upsert"),
                            Dog.class)
                    .block();
            template.updateFirst(new Query(Criteria.where("_id").is(7)), Update.update("weightKg", 8.0), Dog.class)
                    .block();
        }

        private static void inTransactions(ReactiveMongoDatabaseFactory factory, ReactiveMongoTemplate template) {
            var transactions = TransactionalOperator.create(new ReactiveMongoTransactionManager(factory));
            Mono<List<Dog>> work = template.updateFirst(
                            new Query(Criteria.where("_id").is(7)), new Update().inc("weightKg", 1.0), Dog.class)
                    .then(template.insert(Dog.of(8, "Bo", 5)))
                    .then(template.findAll(Dog.class).collectList());
            transactions
                    .execute(transaction -> {
                        transaction.setRollbackOnly();
                        return work.doOnNext(dogs -> print("in the transaction", dogs));
                    })
                    .blockLast();
            print("rolled back", template.findAll(Dog.class).collectList().block());
            work.as(transactions::transactional).block();
        }

        private static void print(String what, List<Dog> dogs) {
            System.out.println(what + " " + dogs);
        }
    }
}

package dev.monarch.spring.boot.autoconfigure;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.repository.MongoRepository;
import org.springframework.data.mongodb.repository.config.EnableMongoRepositories;

import dev.monarch.MigrationFailedException;
import dev.monarch.migration.Migration;
import dev.monarch.migration.MongoMigration;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Writes of the application's own beans in a transactional migration are part of its transaction. */
@MongoTest(topology = Topology.REPLICA_SET)
class TransactionalMigrationTests {

    @Test
    void theTemplateAndARepositoryTakePart(TestMongo mongo) {
        assertThatThrownBy(() -> Kennel.start(Kennel.application(Failing.class), mongo))
                .hasCauseInstanceOf(MigrationFailedException.class)
                .hasRootCauseMessage("no bones left");

        assertThat(mongo.database().getCollection("dogs").countDocuments()).isZero();
        assertThat(Kennel.history(mongo)).containsExactly("1-dogs FAILED");
    }

    @org.springframework.data.mongodb.core.mapping.Document("dogs")
    record Dog(@Id String name) {}

    interface Dogs extends MongoRepository<Dog, String> {}

    @Configuration(proxyBeanMethods = false)
    @EnableMongoRepositories(basePackageClasses = TransactionalMigrationTests.class, considerNestedRepositories = true)
    static class Failing {

        @Bean
        @Migration(id = "1-dogs", transactional = true)
        MongoMigration dogs(MongoTemplate template, Dogs dogs) {
            return context -> {
                template.insert(new Document("_id", "Biscuit"), "dogs");
                dogs.insert(new Dog("Comet"));
                context.template().insert(new Document("_id", "Domino"), "dogs");
                throw new IllegalStateException("no bones left");
            };
        }
    }
}

package dev.monarch.spring.boot.autoconfigure;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.mongodb.MongoDBContainer;

import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.migration.Migration;
import dev.monarch.migration.MongoMigration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A user's integration test with Testcontainers; skipped without Docker. That connection details of the user's own are
 * followed everywhere is a test of {@link ContextsTests}.
 */
@Testcontainers(disabledWithoutDocker = true)
@SpringBootTest(properties = "spring.mongodb.uri=mongodb://localhost:1/elsewhere?serverSelectionTimeoutMS=100")
class ServiceConnectionTests {

    @Container
    @ServiceConnection
    private static final MongoDBContainer MONGO = new MongoDBContainer("mongo:8.0").withReplicaSet();

    @Test
    void migrationsRunInTheContainer(@Autowired MongoTemplate template, @Autowired EnvironmentRegistry environments) {
        assertThat(template.findAll(Document.class, "dogs")).hasSize(1);
        assertThat(environments.own().address().database()).isEqualTo("test");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        @Migration("1-dogs")
        MongoMigration dogs() {
            return context -> context.template().insert(new Document("name", "Rex"), "dogs");
        }
    }
}

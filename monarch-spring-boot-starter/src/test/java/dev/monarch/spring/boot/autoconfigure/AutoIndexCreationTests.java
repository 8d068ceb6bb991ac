package dev.monarch.spring.boot.autoconfigure;

import java.util.List;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.MongoManagedTypes;

import dev.monarch.spring.boot.mapped.User;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** An index of a mapped class that cannot be built before the migrations have run. */
@MongoTest
@ExtendWith(OutputCaptureExtension.class)
class AutoIndexCreationTests {

    @Test
    void theErrorSaysThatTheIndexWasCreatedBeforeTheMigrations(TestMongo mongo, CapturedOutput output) {
        mongo.database()
                .getCollection("users")
                .insertMany(List.of(new Document("email", "a@example.com"), new Document("email", "a@example.com")));

        Throwable failure = catchThrowable(() -> Kennel.start(
                Kennel.application(Mapped.class, Kennel.Migrations.class),
                mongo,
                "--spring.data.mongodb.auto-index-creation=true"));

        assertThat(failure).isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("An index of a mapped class could not be created: ")
                .contains("spring.data.mongodb.auto-index-creation is on: Spring Data creates these indexes before any"
                        + " migration runs, on data that no migration has prepared.")
                .contains("Set spring.data.mongodb.auto-index-creation=false and create the index in a migration");
        assertThat(Kennel.STEPS).isEmpty();
    }

    @Configuration(proxyBeanMethods = false)
    static class Mapped {

        @Bean
        MongoManagedTypes managedTypes() {
            return MongoManagedTypes.from(User.class);
        }
    }
}

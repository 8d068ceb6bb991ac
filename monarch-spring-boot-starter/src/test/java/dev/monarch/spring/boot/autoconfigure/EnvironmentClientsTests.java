package dev.monarch.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoClient;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** When the connections of environments are read, opened and closed. */
class EnvironmentClientsTests {

    private final ApplicationContextRunner application =
            ConfigFiles.applicationWithoutFiles().withPropertyValues("spring.mongodb.uri=mongodb://localhost:1/own");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "monarch.environments.broken.uri=${NOT_SET}",
                "monarch.environments.broken.uri=no connection string",
                "monarch.environments.broken.port=many",
                "monarch.environments.broken.profile=missing",
                "monarch.profiles=broken"
            })
    void anUnusedInvalidEnvironmentDoesNotFailTheStart(String property) {
        application.withPropertyValues(property).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(ConfigFiles.environmentsOf(context).own().name()).isEqualTo("default");
            MonarchEnvironment broken = ConfigFiles.environmentsOf(context).get("broken");
            assertThat(Failures.of(broken::address).environment()).isEqualTo("broken");
        });
    }

    @Test
    @MongoTest
    void theFirstUseOpensAClientAndTheContextClosesIt(TestMongo mongo) {
        mongo.database().getCollection("dogs").insertOne(new Document("name", "Rex"));
        List<MongoClient> opened = new ArrayList<>();
        application
                .withPropertyValues("monarch.environments.other.uri=" + mongo.uri())
                .run(context -> {
                    MonarchEnvironment other =
                            ConfigFiles.environmentsOf(context).get("other");
                    assertThat(other.database().getCollection("dogs").countDocuments())
                            .isOne();
                    assertThat(other.client()).isSameAs(other.client());
                    opened.add(other.client());
                });
        assertThatThrownBy(() -> opened.get(0).listDatabaseNames().first())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("state should be: open");
    }

    @Test
    @MongoTest
    void monarchDoesNotCloseTheApplicationsClient(TestMongo mongo) {
        application.withPropertyValues("spring.mongodb.uri=" + mongo.uri()).run(context -> {
            MongoClient client = context.getBean(MongoClient.class);
            assertThat(ConfigFiles.environmentsOf(context).own().client()).isSameAs(client);
            ConfigFiles.environmentsOf(context).close();
            assertThat(client.getDatabase(mongo.databaseName())
                            .listCollectionNames()
                            .first())
                    .isNull();
        });
    }
}

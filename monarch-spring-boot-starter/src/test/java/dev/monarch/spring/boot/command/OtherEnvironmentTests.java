package dev.monarch.spring.boot.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.gridfs.GridFSBucket;
import com.mongodb.client.gridfs.GridFSBuckets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.MongoTransactionManager;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** A command for another environment: the injected repository of the first migration writes there, and nowhere else. */
@MongoTest
class OtherEnvironmentTests {

    private final TestMongo mongo;

    private final MongoDatabase staging;

    private final Commands commands;

    OtherEnvironmentTests(TestMongo mongo) {
        this.mongo = mongo;
        String other = mongo.databaseName() + "s";
        this.staging = mongo.client().getDatabase(other);
        this.commands = Commands.on(mongo).with("--monarch.environments.staging.uri=" + mongo.uri(other));
    }

    @BeforeEach
    void theDatabasesAreTwo() {
        assertThat(staging.getName()).isNotEqualTo(mongo.databaseName());
    }

    @Test
    void anInjectedRepositoryIsThatOfTheEnvironment() {
        Result result = commands.run("migrate", "staging");
        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("Environment 'staging': 2 migrations applied");
        theOwnDatabaseIsUntouched();
        assertThat(commands.run("migrate").out()).contains("Environment 'default': 2 migrations applied");
        assertThat(Shelter.animals(mongo)).containsExactly("Rex");
    }

    @Test
    void theDatabaseThatTheApplicationNamesSeparatelyIsNotUsed() {
        commands.with("--spring.mongodb.database=" + mongo.databaseName()).run("migrate", "staging");
        theOwnDatabaseIsUntouched();
    }

    @Test
    void customConnectionDetailsAreReplacedToo() {
        Result result =
                commands.with("--details.uri=" + mongo.uri()).and(Details.class).run("migrate", "staging");
        assertThat(result.err()).isEqualTo("");
        theOwnDatabaseIsUntouched();
    }

    @Test
    void theEnvironmentHasItsNameWhateverTheOwnOneIsCalled() {
        Result result = commands.with("--monarch.environment=laptop", "--monarch.environments.staging.protected=true")
                .run("unlock", "staging", "--output", "json");
        assertThat(result.json()).containsEntry("environment", "staging");
        assertThat(commands.run("status", "laptop", "--output", "json").json()).containsEntry("environment", "laptop");
    }

    @Test
    void theOwnEnvironmentReplacesAConfiguredOneOfTheSameName() {
        Result result = commands.with("--monarch.environment=staging").run("migrate", "staging");
        assertThat(result.exit()).isZero();
        assertThat(Shelter.animals(mongo)).containsExactly("Rex");
        assertThat(Shelter.animals(staging)).isEmpty();
    }

    @Test
    void anUnknownEnvironmentIsRefusedWithSimilarNames() {
        Result result = commands.run("migrate", "stagign");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("There is no environment 'stagign'. The environments are: default, staging. Did you mean"
                        + " staging? Use one of these, or configure monarch.environments.stagign.\n");
        theOwnDatabaseIsUntouched(0);
    }

    @Test
    void anInvalidEnvironmentIsRefusedWithItsOwnMessage() {
        Result result = commands.with("--monarch.environments.broken.uri=mongodb://keeper:hunter2@${NOWHERE}/kennel")
                .run("status", "broken");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo(
                        "Environment 'broken' cannot be used: monarch.environments.broken.uri: placeholder not"
                                + " resolved: set 'NOWHERE', for example as an environment variable. Correct monarch.environments.broken.uri.\n");
    }

    /** If an argument is given twice, Spring joins the values with a comma. */
    @Test
    void aConnectionStringGivenTwiceIsRefused() {
        Result result = commands.with(
                        "--monarch.environments.twice.uri=mongodb://localhost:1/kennel?appName=a",
                        "--monarch.environments.twice.uri=mongodb+srv://keeper:hunter2@localhost/kennel?appName=b")
                .run("status", "twice");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("Environment 'twice' cannot be used: monarch.environments.twice.uri: it is set twice, to two"
                        + " connection strings. Correct monarch.environments.twice.uri.\n");
    }

    @ParameterizedTest
    @CsvSource({"copy-db far:staging --yes", "copy-db staging:far --yes", "backup far", "swap far --status"})
    void theEnvironmentThatDoesNotAnswerIsNamed(String words) {
        Result result = commands.with(
                        "--monarch.environments.far.uri=mongodb://localhost:1/kennel?serverSelectionTimeoutMS=100")
                .run(words.split(" "));
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).startsWith("Cannot reach environment 'far' (localhost:1/kennel): no server answered.");
    }

    @Test
    void aCustomFactoryIsRefusedByName() {
        refuses(OwnFactory.class, "ownFactory");
    }

    @Test
    void aCustomClientIsRefusedByName() {
        refuses(OwnClient.class, "ownClient");
    }

    @Test
    void customSettingsAreRefusedByName() {
        refuses(OwnSettings.class, "settings");
    }

    @Test
    void aCustomTemplateIsRefusedByName() {
        refuses(OwnTemplate.class, "mongoTemplate");
    }

    @Test
    void aCustomTransactionManagerIsRefusedByName() {
        refuses(OwnTransactions.class, "ownTransactions");
    }

    @Test
    void aCustomDatabaseIsRefusedByName() {
        refuses(OwnDatabase.class, "ownDatabase");
    }

    @Test
    void aBeanWithAnUnknownDatabaseIsRefusedByName() {
        Result result = commands.with("--details.uri=" + mongo.uri())
                .and(OwnFiles.class)
                .run("migrate", "staging");
        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.err())
                .startsWith("Cannot use 'staging': the bean 'ownFiles' is created by the application and does not"
                        + " say whether it is at ")
                .contains("(it does not tell which server it is connected to)");
        theOwnDatabaseIsUntouched(0);
    }

    @Test
    void beansCreatedFromTheEnvironmentsClientAreAccepted() {
        Result result = commands.and(MadeOfTheClient.class).run("migrate", "staging");
        assertThat(result.err()).isEqualTo("");
        theOwnDatabaseIsUntouched();
    }

    @Test
    void severalConnectionsAreRefused() {
        Result result = commands.with("--details.uri=" + mongo.uri())
                .and(Details.class, SecondDetails.class)
                .run("migrate", "staging");
        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.err())
                .startsWith("Cannot use 'staging': this application has several connections (details,"
                        + " secondDetails), and none is marked as the environment's.");
        theOwnDatabaseIsUntouched(0);
    }

    @Test
    void theConnectionOfAProfileIsUsedToo(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("application.yml"), "monarch.profiles: night\n");
        Files.writeString(
                directory.resolve("application-night.yml"),
                "spring.mongodb.uri: " + mongo.uri(staging.getName()) + "\nshelter.walk: fails\n");
        Result result =
                commands.with("--spring.config.location=" + directory.toUri()).run("migrate", "night");
        assertThat(result.out()).contains("Environment 'night': 2 migrations applied");
        theOwnDatabaseIsUntouched();
    }

    @Test
    void theOwnEnvironmentNeedsNoSeparateConnection() {
        Result result = commands.with("--details.uri=" + mongo.uri())
                .and(OwnFactory.class)
                .run("migrate", "default");
        assertThat(result.exit()).isZero();
        assertThat(Shelter.animals(mongo)).containsExactly("Rex");
    }

    private void refuses(Class<?> configuration, String bean) {
        Result result = commands.with("--details.uri=" + mongo.uri())
                .with("--monarch.environments.far.uri=mongodb://localhost:1/far?serverSelectionTimeoutMS=100")
                .and(configuration)
                .run("migrate", "far");
        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.err())
                .startsWith("Cannot use 'far': the bean '" + bean + "' is created by the application and is at ")
                .contains("not at localhost:1/far. Create it from the MongoConnectionDetails bean");
        theOwnDatabaseIsUntouched(0);
    }

    private void theOwnDatabaseIsUntouched() {
        theOwnDatabaseIsUntouched(1);
        assertThat(Shelter.animals(staging)).containsExactly("Rex");
        assertThat(Shelter.history(staging)).containsExactly("1-first-animals APPLIED", "2-long-walk APPLIED");
    }

    private void theOwnDatabaseIsUntouched(int inStaging) {
        assertThat(mongo.database().listCollectionNames()).isEmpty();
        assertThat(staging.getCollection("animals").countDocuments()).isEqualTo(inStaging);
    }

    @Configuration(proxyBeanMethods = false)
    static class Details {

        @Bean
        MongoConnectionDetails details(Environment environment) {
            return () -> new ConnectionString(environment.getRequiredProperty("details.uri"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SecondDetails {

        @Bean
        MongoConnectionDetails secondDetails(Environment environment) {
            return () -> new ConnectionString(environment.getRequiredProperty("details.uri"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnFactory {

        @Bean
        MongoDatabaseFactory ownFactory(Environment environment) {
            return new SimpleMongoClientDatabaseFactory(environment.getRequiredProperty("details.uri"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnClient {

        @Bean
        MongoClient ownClient(Environment environment) {
            return MongoClients.create(environment.getRequiredProperty("details.uri"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnSettings {

        @Bean
        MongoClientSettings settings(Environment environment) {
            return MongoClientSettings.builder()
                    .applyConnectionString(new ConnectionString(environment.getRequiredProperty("details.uri")))
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnTemplate {

        @Bean
        MongoTemplate mongoTemplate(Environment environment) {
            return new MongoTemplate(
                    new SimpleMongoClientDatabaseFactory(environment.getRequiredProperty("details.uri")));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnTransactions {

        @Bean
        MongoTransactionManager ownTransactions(Environment environment) {
            return new MongoTransactionManager(
                    new SimpleMongoClientDatabaseFactory(environment.getRequiredProperty("details.uri")));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnDatabase {

        @Bean
        MongoDatabase ownDatabase(MongoClient client) {
            return client.getDatabase("archive");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnFiles {

        @Bean
        GridFSBucket ownFiles(Environment environment) {
            ConnectionString uri = new ConnectionString(environment.getRequiredProperty("details.uri"));
            return GridFSBuckets.create(
                    MongoClients.create(uri).getDatabase(Objects.requireNonNull(uri.getDatabase())));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class MadeOfTheClient {

        @Bean
        MongoDatabase database(MongoDatabaseFactory factory) {
            return factory.getMongoDatabase();
        }

        @Bean
        GridFSBucket files(MongoDatabase database) {
            return GridFSBuckets.create(database);
        }

        @Bean
        MongoTransactionManager transactions(MongoDatabaseFactory factory) {
            return new MongoTransactionManager(factory);
        }
    }
}

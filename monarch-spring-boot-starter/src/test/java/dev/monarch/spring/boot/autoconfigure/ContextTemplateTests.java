package dev.monarch.spring.boot.autoconfigure;

import java.time.Instant;
import java.util.List;

import com.mongodb.client.MongoClient;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.annotation.CreatedDate;
import org.springframework.data.annotation.Id;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.MongoTransactionManager;
import org.springframework.data.mongodb.config.EnableMongoAuditing;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.convert.DefaultDbRefResolver;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;
import org.springframework.data.mongodb.core.mapping.MongoMappingContext;
import org.springframework.data.mongodb.core.mapping.event.AbstractMongoEventListener;
import org.springframework.data.mongodb.core.mapping.event.BeforeConvertCallback;
import org.springframework.data.mongodb.core.mapping.event.BeforeConvertEvent;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.Migration;
import dev.monarch.migration.MigrationContext;
import dev.monarch.migration.Migrator;
import dev.monarch.migration.MongoMigration;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The template that a migration gets is the application's own. */
@MongoTest
class ContextTemplateTests {

    @Test
    void callbacksEventsAndAuditingAreTheApplications(TestMongo mongo) {
        try (var context = Kennel.start(Kennel.application(Audited.class, SaveRex.class), mongo)) {
            assertThat(context.isRunning()).isTrue();
            assertSavedByTheApplication(
                    mongo.database().getCollection("dogs").find().first());
        }
    }

    @Test
    void onAnotherEnvironmentItHasTheSameSettings(TestMongo mongo) {
        String other = mongo.databaseName() + "x";
        try (var context = Kennel.start(
                Kennel.application(Audited.class, SaveRex.class), mongo, "--monarch.migrations.run-at=never")) {
            context.getBean(Migrator.class)
                    .on(MonarchEnvironment.using(
                            "other", Protection.DEFAULT, context.getBean(MongoClient.class), other))
                    .migrate();
            assertSavedByTheApplication(mongo.client()
                    .getDatabase(other)
                    .getCollection("dogs")
                    .find()
                    .first());
            assertThat(mongo.database().getCollection("dogs").countDocuments()).isZero();
        }
    }

    private static void assertSavedByTheApplication(@Nullable Document dog) {
        assertThat(dog).isNotNull().containsEntry("_id", "D-Rex").containsKey("born");
        assertThat(Kennel.STEPS).contains("event for Rex");
    }

    @Test
    void theTemplatesOwnConverterIsUsed(TestMongo mongo) {
        try (var context = Kennel.start(Kennel.application(TwoConverters.class, SaveSize.class), mongo)) {
            assertThat(context.isRunning()).isTrue();
            assertThat(mongo.database().getCollection("sizes").distinct("size", Integer.class))
                    .containsExactly(1);
        }
    }

    @Test
    void ambiguousTemplatesAreRefused(TestMongo mongo) {
        assertThatThrownBy(() -> Kennel.start(
                        Kennel.application(TwoTemplates.class, SaveRex.class),
                        mongo,
                        "--spring.main.lazy-initialization=true"))
                .hasRootCauseMessage(
                        "context.template() cannot return the application's template: there are 'one', 'two', and it is unclear which one to use: mark the one that is in the application's database as @Primary");
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void aTemplateOfACustomClassIsRefused(TestMongo mongo) {
        assertThatThrownBy(() -> Kennel.start(Kennel.application(OwnClass.class, SaveRex.class), mongo))
                .rootCause()
                .hasMessageStartingWith("context.template() cannot return the application's template: it is a ")
                .hasMessageContaining("Override its withSession(ClientSession)");
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void aSpringTransactionIsRefusedAndLeavesNothing(TestMongo mongo) {
        mongo.database().createCollection("dogs");

        assertThatThrownBy(() -> Kennel.start(Kennel.application(Transactions.class), mongo))
                .rootCause()
                .hasMessageContaining("runs in a Spring transaction")
                .hasMessageContaining("use @Migration(transactional = true) instead");

        assertThat(mongo.database().getCollection("dogs").countDocuments()).isZero();
        assertThat(Kennel.history(mongo)).containsExactly("1-three FAILED");
    }

    @org.springframework.data.mongodb.core.mapping.Document("dogs")
    static class Dog {

        @Id
        @Nullable
        String id;

        String name;

        @CreatedDate
        @Nullable
        Instant born;

        Dog(String name) {
            this.name = name;
        }
    }

    enum Size {
        SMALL,
        LARGE
    }

    @org.springframework.data.mongodb.core.mapping.Document("sizes")
    record Sized(Size size) {}

    @WritingConverter
    enum ByNumber implements Converter<Size, Integer> {
        INSTANCE;

        @Override
        public Integer convert(Size size) {
            return size.ordinal();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SaveRex {

        @Bean
        @Migration("1-rex")
        MongoMigration rex() {
            return context -> context.template().save(new Dog("Rex"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SaveSize {

        @Bean
        @Migration("1-size")
        MongoMigration size() {
            return context -> context.template().save(new Sized(Size.LARGE));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMongoAuditing
    static class Audited {

        @Bean
        BeforeConvertCallback<Dog> ids() {
            return (dog, collection) -> {
                dog.id = "D-" + dog.name;
                return dog;
            };
        }

        @Bean
        AbstractMongoEventListener<Dog> listener() {
            return new AbstractMongoEventListener<>() {
                @Override
                public void onBeforeConvert(BeforeConvertEvent<Dog> event) {
                    Kennel.STEPS.add("event for " + event.getSource().name);
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoConverters {

        @Bean
        MongoCustomConversions conversions() {
            return new MongoCustomConversions(List.of(ByNumber.INSTANCE));
        }

        @Bean
        MappingMongoConverter ownConverter(
                MongoDatabaseFactory factory, MongoMappingContext mappings, MongoCustomConversions conversions) {
            MappingMongoConverter converter = new MappingMongoConverter(new DefaultDbRefResolver(factory), mappings);
            converter.setCustomConversions(conversions);
            return converter;
        }

        @Bean
        MappingMongoConverter auditConverter(MongoDatabaseFactory factory, MongoMappingContext mappings) {
            return new MappingMongoConverter(new DefaultDbRefResolver(factory), mappings);
        }

        @Bean
        MongoTemplate mongoTemplate(MongoDatabaseFactory factory, MappingMongoConverter ownConverter) {
            return new MongoTemplate(factory, ownConverter);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoTemplates {

        @Bean
        MongoTemplate one(MongoDatabaseFactory factory) {
            return new MongoTemplate(factory);
        }

        @Bean
        MongoTemplate two(MongoDatabaseFactory factory) {
            return new MongoTemplate(factory);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnClass {

        @Bean
        MongoTemplate mongoTemplate(MongoDatabaseFactory factory) {
            return new MongoTemplate(factory) {};
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    @Import(Three.class)
    static class Transactions {

        @Bean
        MongoTransactionManager transactionManager(MongoDatabaseFactory factory) {
            return new MongoTransactionManager(factory);
        }
    }

    @Migration("1-three")
    static class Three implements MongoMigration {

        private final MongoTemplate own;

        Three(MongoTemplate own) {
            this.own = own;
        }

        @Override
        @Transactional
        public void up(MigrationContext context) {
            own.insert(new Document("by", "the application's template"), "dogs");
            context.database().getCollection("dogs").insertOne(new Document("by", "context.database()"));
        }
    }
}

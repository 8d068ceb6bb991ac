package dev.monarch.spring.boot.test;

import com.mongodb.client.MongoClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoReactiveAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoReactiveAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoDatabaseFactorySupport;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.SimpleReactiveMongoDatabaseFactory;

import dev.monarch.backfill.Backfills;
import dev.monarch.backup.BackupStores;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.migration.MigrationSet;
import dev.monarch.migration.Migrator;
import dev.monarch.queryset.QuerySets;
import dev.monarch.spring.boot.autoconfigure.MigrationProperties;

/** Auto-configuration of {@link MonarchTest}: a database of its own, and what a test uses. */
@AutoConfiguration(
        after = {MongoAutoConfiguration.class, MongoReactiveAutoConfiguration.class},
        before = {DataMongoAutoConfiguration.class, DataMongoReactiveAutoConfiguration.class})
public final class MonarchTestAutoConfiguration {

    /** Called by Spring. */
    public MonarchTestAutoConfiguration() {}

    @Bean
    TestDatabase monarchTestDatabase(MongoClient client) {
        return new TestDatabase(client, "monarch_test_");
    }

    /** Replaces that of Spring Boot, which would lead to the database of the application. */
    @Bean
    MongoDatabaseFactorySupport<?> mongoDatabaseFactory(TestDatabase database) {
        return new SimpleMongoClientDatabaseFactory(database.client(), database.name());
    }

    @Bean
    MigrationTester monarchMigrationTester(
            Migrator migrator, MigrationSet migrations, ObjectProvider<Backfills> backfills, TestDatabase database) {
        return new MigrationTester(migrator, migrations, backfills::getObject, database.database());
    }

    @Bean
    Datasets monarchDatasets(
            TestDatabase database,
            EnvironmentRegistry environments,
            BackupStores stores,
            QuerySets querySets,
            MigrationProperties migrations) {
        return new Datasets(database, environments, stores, querySets, migrations.historyCollection());
    }

    /** The same for a reactive template. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(com.mongodb.reactivestreams.client.MongoClient.class)
    @ConditionalOnBean(com.mongodb.reactivestreams.client.MongoClient.class)
    static class ReactiveDatabase {

        @Bean
        SimpleReactiveMongoDatabaseFactory reactiveMongoDatabaseFactory(
                com.mongodb.reactivestreams.client.MongoClient client, TestDatabase database) {
            return new SimpleReactiveMongoDatabaseFactory(client, database.name());
        }
    }
}

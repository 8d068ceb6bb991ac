package dev.monarch.spring.boot.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.data.mongodb.test.autoconfigure.DataMongoTest;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;

import dev.monarch.backfill.Backfill;
import dev.monarch.migration.Migration;
import dev.monarch.migration.MigrationHook;
import dev.monarch.queryset.QuerySet;
import dev.monarch.version.DocumentVersion;

/**
 * Marks a test of migrations: a {@link DataMongoTest} with the application's migrations, backfills, document versions, hooks
 * and query sets, and with a database of its own on the server of the application's connection.
 *
 * <p>No migration and no backfill runs unless a test names it: a {@link MigrationTester} bean runs it. Each test method begins
 * with an empty database, or each test class with the data of {@link DatasetFrom}. The database is dropped when the
 * context closes. The user of the connection needs the right to create and drop it.
 *
 * <p>Test classes with the same context share a database. They must not run at the same time.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@DataMongoTest(
        includeFilters = {
            @Filter({Migration.class, Backfill.class, DocumentVersion.class}),
            @Filter(
                    type = FilterType.ASSIGNABLE_TYPE,
                    classes = {MigrationHook.class, QuerySet.class})
        },
        properties = {"monarch.migrations.run-at=never", "monarch.backfills.enabled=false"})
@ImportAutoConfiguration(MonarchTestAutoConfiguration.class)
public @interface MonarchTest {}

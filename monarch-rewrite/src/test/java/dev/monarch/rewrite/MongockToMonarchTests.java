package dev.monarch.rewrite;

import org.junit.jupiter.api.Test;
import org.openrewrite.config.Environment;
import org.openrewrite.java.JavaParser;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;
import org.openrewrite.test.TypeValidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openrewrite.java.Assertions.java;

/** Change units in the shapes of Mongock's examples. */
class MongockToMonarchTests implements RewriteTest {

    private static final String[] TYPES = {
        "package io.mongock.api.annotations; public @interface ChangeUnit { String id(); String order(); String author()"
                + " default \"\"; boolean failFast() default true; boolean runAlways() default false; String"
                + " systemVersion() default \"0\"; boolean transactional() default true; }",
        "package io.mongock.api.annotations; public @interface Execution {}",
        "package io.mongock.api.annotations; public @interface RollbackExecution {}",
        "package io.mongock.api.annotations; public @interface BeforeExecution {}",
        "package io.mongock.api.annotations; public @interface RollbackBeforeExecution {}",
        "package io.mongock.api.annotations; public @interface ChangeUnitConstructor {}",
        "package io.changock.migration.api.annotations; public @interface NonLockGuarded {}",
        "package com.mongodb.client; public interface MongoDatabase { void createCollection(String name); }",
        "package org.springframework.data.mongodb.core; public interface MongoOperations { void dropCollection(String"
                + " name); }",
        "package org.springframework.data.mongodb.core; public class MongoTemplate implements MongoOperations { public"
                + " void dropCollection(String name) {} }",
        "package dev.monarch.migration; public @interface Migration { String value() default \"\"; String id() default"
                + " \"\"; boolean transactional() default false; Run run() default Run.ONCE; enum Run { ONCE, ALWAYS } }",
        "package dev.monarch.migration; public interface MigrationContext { com.mongodb.client.MongoDatabase database();"
                + " org.springframework.data.mongodb.core.MongoOperations template(); }",
        "package dev.monarch.migration; public interface MongoMigration { void up(MigrationContext context) throws"
                + " Exception; default void down(MigrationContext context) throws Exception {} }",
    };

    @Override
    public void defaults(RecipeSpec spec) {
        spec.recipe(new MongockToMonarch())
                .parser(JavaParser.fromJavaVersion().dependsOn(TYPES))
                // The recipe knows only outlines of the types that it writes.
                .typeValidationOptions(TypeValidation.none());
    }

    @Test
    void aChangeUnitBecomesAMigrationAndItsConstructorStays() {
        rewriteRun(java("""
                package com.example;

                import io.mongock.api.annotations.ChangeUnit;
                import io.mongock.api.annotations.Execution;
                import io.mongock.api.annotations.RollbackExecution;
                import org.springframework.data.mongodb.core.MongoTemplate;

                @ChangeUnit(id = "client-initializer", order = "001", author = "dev")
                public class ClientInitializer {

                    private final MongoTemplate template;

                    public ClientInitializer(MongoTemplate template) {
                        this.template = template;
                    }

                    @Execution
                    public void execution() {
                        template.dropCollection("old");
                    }

                    @RollbackExecution
                    public void rollbackExecution() {
                        template.dropCollection("new");
                    }
                }
                """, """
                package com.example;

                import dev.monarch.migration.Migration;
                import dev.monarch.migration.MigrationContext;
                import dev.monarch.migration.MongoMigration;
                import org.springframework.data.mongodb.core.MongoTemplate;

                @Migration("001-client-initializer")
                public class ClientInitializer implements MongoMigration {

                    private final MongoTemplate template;

                    public ClientInitializer(MongoTemplate template) {
                        this.template = template;
                    }

                    @Override
                    public void up(MigrationContext context) {
                        template.dropCollection("old");
                    }

                    @Override
                    public void down(MigrationContext context) {
                        template.dropCollection("new");
                    }
                }
                """));
    }

    @Test
    void argumentsComeFromTheContextOrTheConstructor() {
        rewriteRun(java("""
                package com.example;

                import com.mongodb.client.MongoDatabase;
                import io.changock.migration.api.annotations.NonLockGuarded;
                import io.mongock.api.annotations.ChangeUnit;
                import io.mongock.api.annotations.Execution;
                import io.mongock.api.annotations.RollbackExecution;
                import org.springframework.data.mongodb.core.MongoOperations;
                import org.springframework.data.mongodb.core.MongoTemplate;

                @ChangeUnit(id = "002-orders", order = "002", transactional = true, runAlways = true)
                class Orders {

                    @Execution
                    void migrate(MongoDatabase database, MongoTemplate template, @NonLockGuarded MongoOperations operations) {
                        database.createCollection("orders");
                        template.dropCollection("old");
                        operations.dropCollection("older");
                    }

                    @RollbackExecution
                    public void rollback() {
                    }
                }
                """, """
                package com.example;

                import com.mongodb.client.MongoDatabase;
                import dev.monarch.migration.Migration;
                import dev.monarch.migration.MigrationContext;
                import dev.monarch.migration.MongoMigration;
                import org.springframework.data.mongodb.core.MongoOperations;
                import org.springframework.data.mongodb.core.MongoTemplate;

                @Migration(id = "002-orders", transactional = true, run = Migration.Run.ALWAYS)
                class Orders implements MongoMigration {

                    private final MongoTemplate template;

                    public Orders(MongoTemplate template) {
                        this.template = template;
                    }

                    @Override
                    public void up(MigrationContext context) {
                        MongoDatabase database = context.database();
                        MongoOperations operations = context.template();
                        database.createCollection("orders");
                        template.dropCollection("old");
                        operations.dropCollection("older");
                    }
                }
                """));
    }

    @Test
    void anExistingConstructorIsExtended() {
        rewriteRun(java("""
                package com.example;

                import com.mongodb.client.MongoDatabase;
                import io.mongock.api.annotations.ChangeUnit;
                import io.mongock.api.annotations.ChangeUnitConstructor;
                import io.mongock.api.annotations.Execution;
                import io.mongock.api.annotations.RollbackExecution;
                import org.springframework.data.mongodb.core.MongoTemplate;

                @ChangeUnit(id = "names", order = "3", author = "dev")
                public class Names {

                    private final String prefix;

                    @ChangeUnitConstructor
                    public Names(String prefix) {
                        this.prefix = prefix;
                    }

                    @Execution
                    public void execution(MongoTemplate template) {
                        template.dropCollection(prefix + "names");
                    }

                    @RollbackExecution
                    public void rollback(MongoDatabase database, MongoTemplate template) {
                        template.dropCollection(prefix);
                    }
                }
                """, """
                package com.example;

                import com.mongodb.client.MongoDatabase;
                import dev.monarch.migration.Migration;
                import dev.monarch.migration.MigrationContext;
                import dev.monarch.migration.MongoMigration;
                import org.springframework.data.mongodb.core.MongoTemplate;

                @Migration("3-names")
                public class Names implements MongoMigration {

                    private final MongoTemplate template;

                    private final String prefix;

                    public Names(String prefix, MongoTemplate template) {
                        this.prefix = prefix;
                        this.template = template;
                    }

                    @Override
                    public void up(MigrationContext context) {
                        template.dropCollection(prefix + "names");
                    }

                    @Override
                    public void down(MigrationContext context) {
                        MongoDatabase database = context.database();
                        template.dropCollection(prefix);
                    }
                }
                """));
    }

    @Test
    void whatHasNoCounterpartIsMarked() {
        rewriteRun(java("""
                package com.example;

                import io.mongock.api.annotations.BeforeExecution;
                import io.mongock.api.annotations.ChangeUnit;
                import io.mongock.api.annotations.Execution;

                @ChangeUnit(id = "dogs", order = "1", failFast = false, systemVersion = "2")
                class Dogs {

                    @BeforeExecution
                    void before() {}

                    @Execution
                    void execution() {}
                }
                """, """
                package com.example;

                import io.mongock.api.annotations.BeforeExecution;
                import io.mongock.api.annotations.ChangeUnit;
                import io.mongock.api.annotations.Execution;

                /*~~(Not a migration of Monarch yet: @BeforeExecution has no counterpart: move its method into a change unit of its own. failFast = false has no counterpart: a failed migration stops the run. systemVersion has no counterpart: remove it.)~~>*/@ChangeUnit(id = "dogs", order = "1", failFast = false, systemVersion = "2")
                class Dogs {

                    @BeforeExecution
                    void before() {}

                    @Execution
                    void execution() {}
                }
                """));
    }

    @Test
    void oneNameForTwoThingsIsMarked() {
        rewriteRun(java("""
                import io.mongock.api.annotations.ChangeUnit;
                import io.mongock.api.annotations.Execution;
                import io.mongock.api.annotations.RollbackExecution;

                @ChangeUnit(id = "dogs", order = "1")
                class Dogs {

                    @Execution
                    void execution(String it) {}

                    @RollbackExecution
                    void rollback(Integer it) {}
                }
                """, """
                import io.mongock.api.annotations.ChangeUnit;
                import io.mongock.api.annotations.Execution;
                import io.mongock.api.annotations.RollbackExecution;

                /*~~(Not a migration of Monarch yet: Its methods have arguments with the same name and different types: rename them.)~~>*/@ChangeUnit(id = "dogs", order = "1")
                class Dogs {

                    @Execution
                    void execution(String it) {}

                    @RollbackExecution
                    void rollback(Integer it) {}
                }
                """));
    }

    @Test
    void aBuildFindsTheRecipeByItsName() {
        assertThat(Environment.builder()
                        .scanRuntimeClasspath("dev.monarch.rewrite")
                        .build()
                        .activateRecipes("dev.monarch.rewrite.MongockToMonarch")
                        .getRecipeList())
                .isEmpty();
    }

    @Test
    void otherClassesStayAsTheyAre() {
        rewriteRun(java("""
                package com.example;

                import io.mongock.api.annotations.Execution;

                class Dogs {

                    @Execution
                    void execution() {}
                }
                """));
    }
}

package dev.monarch.rewrite;

import java.util.List;

import org.openrewrite.java.JavaParser;
import org.openrewrite.java.JavaTemplate;

/** The types of Monarch that a migration uses. Their outlines are enough to parse what the recipe writes. */
final class Monarch {

    static final String MIGRATION = "dev.monarch.migration.Migration";

    static final String MIGRATION_TYPE = "dev.monarch.migration.MongoMigration";

    static final String CONTEXT = "dev.monarch.migration.MigrationContext";

    static final List<String> ALL = List.of(MIGRATION, MIGRATION_TYPE, CONTEXT);

    private static final String[] IMPORTS = {
        MIGRATION,
        MIGRATION_TYPE,
        CONTEXT,
        "com.mongodb.client.MongoDatabase",
        "org.springframework.data.mongodb.core.MongoOperations",
    };

    private static final String[] OUTLINES = {
        "package dev.monarch.migration; public @interface Migration { String value() default \"\"; String id() default"
                + " \"\"; boolean transactional() default false; Run run() default Run.ONCE; enum Run { ONCE, ALWAYS } }",
        "package dev.monarch.migration; public interface MigrationContext { com.mongodb.client.MongoDatabase database();"
                + " org.springframework.data.mongodb.core.MongoOperations template(); }",
        "package dev.monarch.migration; public interface MongoMigration { void up(MigrationContext context) throws"
                + " Exception; default void down(MigrationContext context) throws Exception {} }",
        "package com.mongodb.client; public interface MongoDatabase {}",
        "package org.springframework.data.mongodb.core; public interface MongoOperations {}",
    };

    private Monarch() {}

    static JavaTemplate template(String code) {
        return JavaTemplate.builder(code)
                .imports(IMPORTS)
                .javaParser(JavaParser.fromJavaVersion().dependsOn(OUTLINES))
                .build();
    }
}

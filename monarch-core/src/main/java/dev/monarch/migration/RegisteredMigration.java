package dev.monarch.migration;

/**
 * A migration together with its id and where it comes from.
 *
 * @param id the id
 * @param migration the migration itself
 * @param source where it comes from, for people to read: a bean's name and class
 */
public record RegisteredMigration(String id, MongoMigration migration, String source) {}

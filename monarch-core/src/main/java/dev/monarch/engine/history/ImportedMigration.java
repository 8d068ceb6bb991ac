package dev.monarch.engine.history;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What another tool's history says about one migration.
 *
 * @param id the migration
 * @param state its state
 * @param at the time that the other history gives, or null if there is none
 * @param version the migration's current version, or empty
 * @param detail what the other history says, as a phrase
 */
public record ImportedMigration(
        String id, MigrationState state, @Nullable Instant at, String version, String detail) {}

package dev.monarch.migration;

/**
 * A change of one entry of the history.
 *
 * @param id the migration
 * @param from what the history says of it; {@link MigrationState#PENDING} if nothing
 * @param to what it will say
 */
public record PlannedAmendment(String id, MigrationState from, MigrationState to) {}

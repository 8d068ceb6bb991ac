/**
 * Migrations: beans that change an environment's database once, in order, under its lock.
 *
 * <p>{@link dev.monarch.migration.Migrator} plans and runs them; {@link dev.monarch.migration.MongoMigration} is what a user
 * writes. This package knows the history, the lock and the environment, and nothing of how data is moved, backed up or
 * configured.
 */
@NullMarked
package dev.monarch.migration;

import org.jspecify.annotations.NullMarked;

/**
 * Migrations: beans that change an environment's database once, in order, under its lock.
 *
 * <p>A user writes a {@link dev.monarch.migration.MongoMigration}. {@link dev.monarch.migration.Migrator} plans and
 * runs migrations. This package knows the history, the lock and the environment, but not how data is copied, backed
 * up or configured.
 */
@NullMarked
package dev.monarch.migration;

import org.jspecify.annotations.NullMarked;

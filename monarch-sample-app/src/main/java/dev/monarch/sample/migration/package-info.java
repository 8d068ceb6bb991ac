/**
 * The kennel's migrations: some that run once, one that stores checkpoints, one that runs again when it changes, and
 * one in a transaction.
 *
 * <p>They use documents and not the application's records, because those may have changed by the time a migration runs.
 * They use only the context that Monarch gives them, so that they stop when Monarch loses the lock.
 */
@NullMarked
package dev.monarch.sample.migration;

import org.jspecify.annotations.NullMarked;

/**
 * Records the migration history: what ran on an environment, when, by whom, and with what result.
 *
 * <p>Only this package knows the fields of the history's documents. Every write under the lock is fenced: a process
 * that lost the lock cannot write. This package knows the lock and the environment, but not how migrations are found
 * or run.
 */
@NullMarked
package dev.monarch.engine.history;

import org.jspecify.annotations.NullMarked;

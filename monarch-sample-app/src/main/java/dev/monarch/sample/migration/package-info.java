/**
 * How the kennel's data came to be what it is: migrations that run once, one that keeps checkpoints, one that runs
 * again when it changes, and one in a transaction.
 *
 * <p>They work on documents and not on the application's records, whose shape may have changed again by the time one of
 * them runs. Everything goes through the context that Monarch hands them, so that it ends when they lose their lock.
 */
@NullMarked
package dev.monarch.sample.migration;

import org.jspecify.annotations.NullMarked;

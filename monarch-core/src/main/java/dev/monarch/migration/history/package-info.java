/**
 * What ran on an environment, when, by whom and with what result.
 *
 * <p>Every write is fenced by the lock: whoever lost the lock writes nothing any more. This package knows the lock and the
 * environment, and nothing of how migrations are found or run.
 */
@NullMarked
package dev.monarch.migration.history;

import org.jspecify.annotations.NullMarked;

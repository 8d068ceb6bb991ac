/**
 * Backfills: beans that change the documents of a collection in the background, while the application uses them.
 *
 * <p>A user writes a {@link dev.monarch.backfill.DocumentBackfill}. {@link dev.monarch.backfill.Backfills} runs
 * backfills, shows their progress, and pauses them. This package knows the history, the lock and the environment, but
 * not migrations.
 */
@NullMarked
package dev.monarch.backfill;

import org.jspecify.annotations.NullMarked;

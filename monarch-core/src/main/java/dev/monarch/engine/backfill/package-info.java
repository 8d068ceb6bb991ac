/** Runs backfills: in batches, under a lock of their own, with a checkpoint after each batch. */
@NullMarked
package dev.monarch.engine.backfill;

import org.jspecify.annotations.NullMarked;

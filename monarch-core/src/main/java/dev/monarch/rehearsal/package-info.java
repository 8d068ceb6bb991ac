/**
 * Rehearsals: pending migrations run on a scratch copy of an environment, which is dropped afterwards.
 *
 * <p>The copy is made by {@code copy} and the migrations are run by {@code migration}; here is only what brings them
 * together and tells what changed. Nothing else of Monarch knows this package.
 */
@NullMarked
package dev.monarch.rehearsal;

import org.jspecify.annotations.NullMarked;

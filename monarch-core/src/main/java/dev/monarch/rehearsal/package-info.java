/**
 * Rehearsals run pending migrations on a temporary copy of an environment, which is dropped afterwards.
 *
 * <p>{@code copy} makes the copy and {@code migration} runs the migrations. This package combines them and reports
 * the changes. No other package depends on it.
 */
@NullMarked
package dev.monarch.rehearsal;

import org.jspecify.annotations.NullMarked;

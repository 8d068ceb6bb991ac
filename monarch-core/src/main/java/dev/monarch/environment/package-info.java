/**
 * The named databases Monarch works on, and the guard that decides what may be done to them.
 *
 * <p>One environment is one MongoDB database on one deployment. This package knows the driver and {@code server}:
 * no Spring, no lock, no migrations.
 */
@NullMarked
package dev.monarch.environment;

import org.jspecify.annotations.NullMarked;

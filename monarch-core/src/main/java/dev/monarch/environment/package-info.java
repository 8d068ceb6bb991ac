/**
 * The named databases on which Monarch operates, and the guard that decides which operations are allowed.
 *
 * <p>An environment is one MongoDB database on one deployment. This package does not depend on Spring, locks or
 * migrations.
 */
@NullMarked
package dev.monarch.environment;

import org.jspecify.annotations.NullMarked;

/**
 * The target of a restore or a copy: a database whose contents are replaced only after everything has been loaded.
 *
 * <p>Documents are loaded into staging collections. These are verified and then renamed over the real ones, only
 * forward. A journal lets the next process finish the swap after a crash. This package does not know where the
 * documents come from.
 */
@NullMarked
package dev.monarch.engine.staging;

import org.jspecify.annotations.NullMarked;

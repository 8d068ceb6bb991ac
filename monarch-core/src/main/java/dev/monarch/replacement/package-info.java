/** Replacement of an environment's data by a restore or a copy, and handling of interrupted swaps. */
@NullMarked
package dev.monarch.replacement;

import org.jspecify.annotations.NullMarked;

/** How a restore or a copy replaces the data of an environment, and what interrupted swaps leave. */
@NullMarked
package dev.monarch.replacement;

import org.jspecify.annotations.NullMarked;

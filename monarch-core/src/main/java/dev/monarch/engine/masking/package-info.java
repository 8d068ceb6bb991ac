/** Applies masking rules to documents during a transfer. */
@NullMarked
package dev.monarch.engine.masking;

import org.jspecify.annotations.NullMarked;

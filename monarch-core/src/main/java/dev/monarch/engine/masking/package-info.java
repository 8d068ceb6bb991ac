/** Applies masking rules to documents as they pass. */
@NullMarked
package dev.monarch.engine.masking;

import org.jspecify.annotations.NullMarked;

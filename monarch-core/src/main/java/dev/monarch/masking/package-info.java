/**
 * Maskers, which replace sensitive values in transferred documents, and the masking key.
 *
 * <p>A replacement depends only on the value and the key, so equal values stay equal in all collections. This package
 * does not know sources, targets or where keys are stored.
 */
@NullMarked
package dev.monarch.masking;

import org.jspecify.annotations.NullMarked;

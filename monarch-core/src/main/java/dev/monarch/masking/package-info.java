/**
 * Masking: what is hidden in documents on their way, by what, and the transform that does it.
 *
 * <p>A value is masked by a function of itself and a key, so that what was equal stays equal wherever it stands. Nothing
 * here knows where documents come from or go to, or where a key is kept.
 */
@NullMarked
package dev.monarch.masking;

import org.jspecify.annotations.NullMarked;

/**
 * Measured comparisons: ours and the peers' in the same run, on the same server.
 *
 * <p>Absolute times mean nothing on a shared machine; the ratios do. Nothing here is part of a release.
 */
@NullMarked
package dev.monarch.benchmarks;

import org.jspecify.annotations.NullMarked;

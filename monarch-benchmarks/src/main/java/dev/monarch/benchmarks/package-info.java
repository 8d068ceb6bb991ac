/**
 * Benchmarks that compare Monarch with other tools in the same run, on the same server.
 *
 * <p>Absolute times mean nothing on a shared machine. Compare the ratios. This module is not released.
 */
@NullMarked
package dev.monarch.benchmarks;

import org.jspecify.annotations.NullMarked;

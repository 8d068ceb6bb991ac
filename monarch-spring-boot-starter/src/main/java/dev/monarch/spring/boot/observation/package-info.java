/**
 * Metrics and traces through Micrometer: an observation of each operation, and gauges.
 *
 * <p>An application may not have Micrometer's modules. Only the auto-configurations may be loaded without them.
 */
@NullMarked
package dev.monarch.spring.boot.observation;

import org.jspecify.annotations.NullMarked;

/**
 * The state of environments and stores as it was read, for whatever shows it: the endpoint, the health, the information and
 * the gauges.
 *
 * <p>This package knows neither Actuator nor Micrometer.
 */
@NullMarked
package dev.monarch.spring.boot.status;

import org.jspecify.annotations.NullMarked;

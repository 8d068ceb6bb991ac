/**
 * What this process is doing, and what it did last: followed through the listeners of the core.
 *
 * <p>This package knows neither HTTP nor metrics. Both may read it.
 */
@NullMarked
package dev.monarch.spring.boot.operation;

import org.jspecify.annotations.NullMarked;

/**
 * What this process is doing, and what it did last, tracked by the listeners of the core.
 *
 * <p>This package depends neither on HTTP nor on metrics. Both may use it.
 */
@NullMarked
package dev.monarch.spring.boot.operation;

import org.jspecify.annotations.NullMarked;

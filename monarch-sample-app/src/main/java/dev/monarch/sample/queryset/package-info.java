/**
 * Which of the kennel's data is copied elsewhere, and how addresses are masked.
 */
@NullMarked
package dev.monarch.sample.queryset;

import org.jspecify.annotations.NullMarked;

/**
 * Copies the data of one environment into another, as a stream without intermediate files.
 *
 * <p>{@code transfer} reads the data, {@code queryset} selects a part of it, and {@code staging} replaces the target.
 * This package combines them. It does not depend on archives or migrations.
 */
@NullMarked
package dev.monarch.copy;

import org.jspecify.annotations.NullMarked;

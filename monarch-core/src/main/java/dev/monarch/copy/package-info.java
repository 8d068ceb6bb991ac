/**
 * Copies of one environment's data into another, streamed: no file is in between.
 *
 * <p>What is read and how is the business of {@code transfer}, what part of it that of {@code queryset}, and how a database
 * is replaced that of {@code staging}; here is only what makes a copy of them. Nothing here knows archives or migrations.
 */
@NullMarked
package dev.monarch.copy;

import org.jspecify.annotations.NullMarked;

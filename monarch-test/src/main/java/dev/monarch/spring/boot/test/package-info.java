/**
 * Tests of migrations: a slice with a database of its own, a tester of one migration, and data from a backup or a query set.
 */
@NullMarked
package dev.monarch.spring.boot.test;

import org.jspecify.annotations.NullMarked;

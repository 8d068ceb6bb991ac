/**
 * Query sets: beans that say which part of a database travels, by filters and by references between collections.
 *
 * <p>A query set is run first and only says what it wants; what that comes to is chosen when the database is read. Nothing
 * here knows where the part goes, what a migration is, or who holds a lock.
 */
@NullMarked
package dev.monarch.queryset;

import org.jspecify.annotations.NullMarked;

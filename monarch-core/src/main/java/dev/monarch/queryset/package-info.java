/**
 * Query sets: beans that select a part of a database by filters and by references between collections.
 *
 * <p>A query set first records its selection. The documents are selected when the database is read. This package does
 * not depend on the target of the transfer, on migrations or on locks.
 */
@NullMarked
package dev.monarch.queryset;

import org.jspecify.annotations.NullMarked;

/**
 * Dogs, dog houses and accounts, and how they are served.
 *
 * <p>Each record is both what the database holds and what the API answers. Nothing here knows how the data got its shape:
 * that is for the migrations, which must not know these records either, since they outlive them.
 */
@NullMarked
package dev.monarch.sample.kennel;

import org.jspecify.annotations.NullMarked;

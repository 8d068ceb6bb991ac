/**
 * Dogs, dog houses and accounts, and the API that serves them.
 *
 * <p>Each record is both a document of the database and an answer of the API. Nothing here depends on the migrations.
 * They do not depend on these records either, because the records will change.
 */
@NullMarked
package dev.monarch.sample.kennel;

import org.jspecify.annotations.NullMarked;

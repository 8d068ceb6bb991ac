/**
 * The target of a restore or a copy: a database that is replaced, as a whole or in part, only once everything has arrived.
 *
 * <p>Documents are loaded into staging collections beside the real ones; these are verified and then renamed over them,
 * forward only, with a journal that the next contact finishes after a crash. Nothing here knows where the documents come
 * from.
 */
@NullMarked
package dev.monarch.engine.staging;

import org.jspecify.annotations.NullMarked;

/**
 * The one family of exceptions that Monarch throws on purpose.
 *
 * <p>Each carries what a caller needs in fields, and a message without secrets that names the thing, the cause and the
 * next step. This package depends on nothing else of Monarch; everything else may depend on it.
 */
@NullMarked
package dev.monarch;

import org.jspecify.annotations.NullMarked;

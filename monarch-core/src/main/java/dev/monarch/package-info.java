/**
 * The exceptions that Monarch throws deliberately.
 *
 * <p>Each has its facts in fields, and a message without secrets that names the object, the cause and the next step.
 * This package depends on no other package of Monarch; all others may depend on it.
 */
@NullMarked
package dev.monarch;

import org.jspecify.annotations.NullMarked;

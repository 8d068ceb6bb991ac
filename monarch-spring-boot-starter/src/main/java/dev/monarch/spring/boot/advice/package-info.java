/**
 * What to do about a failure: one table of next steps, options, properties and exit codes, for the start of an application
 * and for the commands.
 */
@NullMarked
package dev.monarch.spring.boot.advice;

import org.jspecify.annotations.NullMarked;

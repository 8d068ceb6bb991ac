/**
 * The commands of the application's own jar: {@code java -jar app.jar monarch VERB …}.
 *
 * <p>A run listener sees the word {@code monarch} before anything is started, parses what follows without a context, and
 * starts as little of the application as the verb needs. The verbs only ask, show and confirm: everything they do is done
 * by the core, which knows nothing of them.
 */
@NullMarked
package dev.monarch.spring.boot.command;

import org.jspecify.annotations.NullMarked;

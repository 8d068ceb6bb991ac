/**
 * The commands of the application's jar: {@code java -jar app.jar monarch VERB …}.
 *
 * <p>A run listener detects the word {@code monarch} before anything is started, parses the arguments without a
 * context, and starts only as much of the application as the verb needs. The verbs parse, confirm and print. The core,
 * which does not depend on them, does the work.
 */
@NullMarked
package dev.monarch.spring.boot.command;

import org.jspecify.annotations.NullMarked;

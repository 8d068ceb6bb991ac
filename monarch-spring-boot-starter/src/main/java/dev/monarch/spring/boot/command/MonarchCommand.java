package dev.monarch.spring.boot.command;

import java.util.concurrent.Callable;

/**
 * A verb of the application's own, run by {@code java -jar app.jar monarch NAME …}: a component with picocli's {@link
 * picocli.CommandLine.Command @Command}, whose {@code name} is the verb, in lower-case words joined by dashes.
 *
 * <p>Its class must be below a package in which the application looks for components. There Monarch finds it without
 * starting the application, and knows its options for the help, the completion and wrong use. It is called as a bean, with
 * everything injected, in the application's context, without its web server, its runners, its schedules and its listeners.
 *
 * <p>A library, whose packages no application scans, lists its verbs in a file {@code
 * META-INF/spring/dev.monarch.spring.boot.command.MonarchCommand.imports}, one class name in each line. If the context has a
 * bean of the class, for example from the library's auto-configuration, that bean is called. Otherwise Monarch creates the
 * verb, with everything injected.
 *
 * <p>What it returns is the exit code. Its output belongs into {@code spec.commandLine().getOut()}, with a field {@code
 * @Spec CommandSpec spec}: {@code System.out} goes to standard error while a command runs. Monarch's own verbs come first: a
 * command with the name of one of them is never called.
 */
public interface MonarchCommand extends Callable<Integer> {}

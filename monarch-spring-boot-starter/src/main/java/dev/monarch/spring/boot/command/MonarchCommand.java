package dev.monarch.spring.boot.command;

import java.util.concurrent.Callable;

/**
 * A verb that the application defines, run by {@code java -jar app.jar monarch NAME …}. It is a component with
 * picocli's {@link picocli.CommandLine.Command @Command}. Its {@code name} is the verb, in lower-case words joined by
 * dashes.
 *
 * <p>Its class must be in a package that the application scans for components. Monarch finds it there without starting
 * the application, and reads its options for help, completion and wrong use. It runs as a bean with its dependencies
 * injected, in the application's context, without web server, runners, schedules and listeners.
 *
 * <p>A library, whose packages no application scans, lists its verbs in the file {@code
 * META-INF/spring/dev.monarch.spring.boot.command.MonarchCommand.imports}, one class name in each line. If the context
 * has a bean of that class, for example from the library's auto-configuration, Monarch calls the bean. Otherwise Monarch
 * creates the verb and injects its dependencies.
 *
 * <p>Its return value is the exit code. Write output to {@code spec.commandLine().getOut()}, with a field {@code @Spec
 * CommandSpec spec}: {@code System.out} goes to standard error while a command runs. Monarch's own verbs take
 * precedence: a command with the name of one of them is never called.
 */
public interface MonarchCommand extends Callable<Integer> {}

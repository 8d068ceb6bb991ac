package dev.monarch.spring.boot.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

import dev.monarch.engine.MonarchVersion;

/** Executes a command line in two steps: without the application, and in it. */
final class VerbCall {

    private static final Set<String> ABOUT_ALL_VERBS = Set.of("help", "completion");

    private final CommandSession session;

    private final Failures failures;

    private final CommandLine monarch;

    private final List<String> words;

    private volatile @Nullable CommandLine verb;

    VerbCall(CommandArguments command, CommandSession session, SpringApplication application) {
        this.session = session;
        this.failures = new Failures(session);
        Map<String, Class<?>> known = Verbs.byName();
        this.words = command.wordsFor(known.keySet());
        ApplicationClass type = ApplicationClass.of(application);
        // Building all verbs, and reading the application's class files for its own, takes time.
        this.monarch = CommandArguments.verbIn(words)
                .filter(word -> !ABOUT_ALL_VERBS.contains(word))
                .map(known::get)
                .map(called -> Verbs.of(session, type, called))
                .orElseGet(() -> Verbs.of(session, type, OwnVerbs.of(application)));
        failures.handleThoseOf(monarch);
    }

    /**
     * Does everything that does not need the application: shows help, reports wrong use, runs a verb that needs no
     * bean.
     *
     * @return the exit code; empty if the verb needs the application
     */
    OptionalInt early() {
        StringWriter help = new StringWriter();
        monarch.setOut(new PrintWriter(help)).setExecutionStrategy(this::executeEarly);
        int exit = monarch.execute(words.toArray(String[]::new));
        String text = help.toString().stripTrailing();
        if (!text.isEmpty()) {
            session.print(Report.done(text.lines().toList(), new Document("help", text)));
        }
        return verb == null ? OptionalInt.of(exit) : OptionalInt.empty();
    }

    private int executeEarly(ParseResult parsed) {
        if (parsed.isVersionHelpRequested()) {
            String version = MonarchVersion.get();
            return session.print(Report.done(List.of("Monarch " + version), new Document("version", version)));
        }
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        CommandLine called = parsed.hasSubcommand() ? parsed.asCommandLineList().get(1) : monarch;
        if (VerbFactory.isForBeans(called.getCommand().getClass())) {
            verb = called;
            return CommandLine.ExitCode.OK;
        }
        return new RunLast().execute(parsed);
    }

    /** Calls a verb that needs only the application's properties, and returns its exit code; empty for all others. */
    OptionalInt withoutBeans(ConfigurableApplicationContext context) {
        return verb().getCommand() instanceof VerbInContext own && !own.needsBeans()
                ? OptionalInt.of(execute(own.getClass(), context))
                : OptionalInt.empty();
    }

    /** Returns the verb if it works on stored backups alone. */
    Optional<StoredBackupVerb> onStoredBackups() {
        return verb().getCommand() instanceof StoredBackupVerb stored ? Optional.of(stored) : Optional.empty();
    }

    /** Returns the environment on which the application starts for the verb. */
    CommandTarget target(ConfigurableApplicationContext context) {
        CommandTarget target = CommandTarget.of(verb(), context);
        failures.at(Place.named(target.name()));
        return target;
    }

    /** Calls the verb in the application, whose beans are available. */
    int in(ConfigurableApplicationContext context, CommandTarget target) {
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        try {
            failures.at(Place.of(beans, target.name()));
            Class<?> type = verb().getCommand().getClass();
            if (!MonarchCommand.class.isAssignableFrom(type)) {
                target.requireIn(context);
            }
            return execute(type, context);
        } catch (Throwable e) {
            // Errors too: no caller could report them in one line, and code that waits for this verb would wait for
            // ever.
            return report(e);
        }
    }

    private int execute(Class<?> type, ConfigurableApplicationContext context) {
        return failures.handleThoseOf(Verbs.of(type, session, context))
                .execute(CommandArguments.afterVerb(words).toArray(String[]::new));
    }

    /** Reports what went wrong, and returns its exit code. */
    int report(Throwable failure) {
        return failures.report(failure);
    }

    private CommandLine verb() {
        return Objects.requireNonNull(verb, "no verb needs the application");
    }
}

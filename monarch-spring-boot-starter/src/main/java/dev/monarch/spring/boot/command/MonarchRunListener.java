package dev.monarch.spring.boot.command;

import java.util.Optional;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Detects the word {@code monarch} in the arguments, and turns the run into a command.
 *
 * <p>Spring Boot calls it before everything else: before logging, so that the standard output is reserved; before the
 * environment, so that Spring does not see the verb's arguments; and before the context, which help and wrong use do
 * not need. Without the word it does nothing.
 */
final class MonarchRunListener implements SpringApplicationRunListener, Ordered {

    private final SpringApplication application;

    private final String[] words;

    private final Optional<CommandArguments> arguments;

    private volatile @Nullable VerbRun run;

    /**
     * Called by Spring Boot.
     *
     * @param arguments those of its {@code main}
     */
    MonarchRunListener(SpringApplication application, String[] arguments) {
        this.application = application;
        this.words = arguments.clone();
        this.arguments = CommandArguments.in(arguments);
    }

    @Override
    public void starting(ConfigurableBootstrapContext bootstrap) {
        arguments.ifPresent(command -> start(command, bootstrap));
    }

    private void start(CommandArguments command, ConfigurableBootstrapContext bootstrap) {
        CommandSession session = CommandSession.of(command, bootstrap);
        VerbCall call = call(command, session);
        OptionalInt exit = call.early();
        if (exit.isPresent()) {
            throw session.end(exit.getAsInt());
        }
        run = new VerbRun(call, session, () -> startWhole(session));
        // Otherwise a development tool would restart the application in another thread, with its own class loaders.
        System.setProperty("spring.devtools.restart.enabled", "false");
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setAddCommandLineProperties(false);
    }

    /** Runs the same command again. That run ends the process; if the caller continues, this run is abandoned too. */
    private AbandonedRunException startWhole(CommandSession session) {
        session.runAgainOnWhole(application);
        try {
            application.run(words);
        } catch (AbandonedRunException e) {
            return e;
        }
        return new AbandonedRunException();
    }

    private VerbCall call(CommandArguments command, CommandSession session) {
        try {
            return new VerbCall(command, session, application);
        } catch (RuntimeException e) {
            // A verb of the application that picocli cannot build.
            throw session.end(new Failures(session).report(e));
        }
    }

    @Override
    public void environmentPrepared(ConfigurableBootstrapContext bootstrap, ConfigurableEnvironment environment) {
        VerbRun verb = run;
        if (verb != null) {
            CommandProperties.addTo(environment, arguments.orElseThrow().spring(), verb.isVerbose());
        }
    }

    @Override
    public void contextPrepared(ConfigurableApplicationContext context) {
        VerbRun verb = run;
        if (verb != null) {
            verb.prepare(context);
        }
    }

    @Override
    public void failed(@Nullable ConfigurableApplicationContext context, Throwable failure) {
        VerbRun verb = run;
        if (verb != null) {
            throw verb.end(failure);
        }
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}

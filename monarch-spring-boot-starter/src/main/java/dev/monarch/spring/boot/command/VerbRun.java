package dev.monarch.spring.boot.command;

import java.util.OptionalInt;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Calls a verb in the application's context, which is started only as far as necessary.
 *
 * <p>For a verb on stored backups, this is first tried with a {@link ReducedStart}. If the start fails, or if a bean that
 * the verb needs cannot be created, the whole application is started instead. The verb itself is called only once.
 */
final class VerbRun {

    private static final Logger log = LoggerFactory.getLogger(VerbRun.class);

    private final VerbCall call;

    private final CommandSession session;

    private final Supplier<AbandonedRunException> whole;

    /** Whether the application starts reduced, and the verb is not called yet. */
    private volatile boolean reduced;

    /**
     * Creates a run.
     *
     * @param whole starts the whole application for the same command
     */
    VerbRun(VerbCall call, CommandSession session, Supplier<AbandonedRunException> whole) {
        this.call = call;
        this.session = session;
        this.whole = whole;
    }

    boolean isVerbose() {
        return session.verbose();
    }

    /** Called when the environment is complete and no bean definition is loaded yet. */
    void prepare(ConfigurableApplicationContext context) {
        OptionalInt exit = call.withoutBeans(context);
        if (exit.isPresent()) {
            throw session.end(exit.getAsInt());
        }
        CommandProperties.runNoEarlyMigrations(context.getEnvironment());
        CommandTarget chosen = call.target(context);
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        reduced = !session.whole() && call.onStoredBackups().isPresent();
        if (reduced) {
            ReducedStart.mark(beans);
        }
        chosen.replacement().ifPresent(inPlace -> inPlace.installIn(beans));
        beans.registerSingleton("monarchServerSelectionTimeout", new ServerSelectionTimeout());
        beans.registerSingleton(
                "monarchCommandProgress",
                new ProgressLines(
                        session.console(),
                        session.json()
                                ? session.console().err()
                                : session.console().out()));
        context.addBeanFactoryPostProcessor(new LazyBeans());
        context.addBeanFactoryPostProcessor(
                factory -> VerbLifecycle.replaceIn(factory, new VerbLifecycle(() -> runIn(context, chosen))));
    }

    /** Called instead of starting lifecycle beans. Does not return. */
    private void runIn(ConfigurableApplicationContext context, CommandTarget chosen) {
        if (reduced) {
            requireStored(context);
        }
        Interruption interruption = Interruption.watch(session.console(), context);
        int code = call.in(context, chosen);
        // Now, and not in a shutdown hook, so that logging still works while clients close and beans are destroyed.
        context.close();
        interruption.ended();
        throw session.end(code);
    }

    private void requireStored(ConfigurableApplicationContext context) {
        try {
            call.onStoredBackups().ifPresent(verb -> verb.requireIn(context.getBeanFactory()));
            reduced = false;
        } catch (RuntimeException e) {
            context.close();
            throw startWhole(e);
        }
    }

    /** Called if the context could not be started. Does not return. */
    AbandonedRunException end(Throwable failure) {
        return reduced ? startWhole(failure) : session.end(call.report(failure));
    }

    private AbandonedRunException startWhole(Throwable reason) {
        reduced = false;
        log.info(
                "This command needs more than the reduced application: {}. The whole application starts now.",
                reason.toString());
        return whole.get();
    }
}

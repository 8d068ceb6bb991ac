package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.context.ConfigurableApplicationContext;

/** Runs a verb in the application's context, which is started as far as that takes and no further. */
final class VerbRun {

    private final Verb.InContext verb;

    private final Arguments arguments;

    private final CommandSession session;

    private final AtomicBoolean ended = new AtomicBoolean();

    private volatile @Nullable CommandTarget target;

    VerbRun(Verb.InContext verb, Arguments arguments, CommandSession session) {
        this.verb = verb;
        this.arguments = arguments;
        this.session = session;
    }

    boolean isVerbose() {
        return session.verbose();
    }

    /** Called when the environment is complete and no bean definition is loaded yet. */
    void prepare(ConfigurableApplicationContext context) {
        CommandTarget chosen = CommandTarget.of(verb, arguments, context);
        target = chosen;
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        chosen.replacement().ifPresent(inPlace -> inPlace.installIn(beans));
        beans.registerSingleton("monarchCommandPatience", new Patience());
        beans.registerSingleton(
                "monarchCommandProgress",
                new ProgressLines(
                        session.console(),
                        session.json()
                                ? session.console().err()
                                : session.console().out()));
        context.addBeanFactoryPostProcessor(new LazyEverything());
        context.addBeanFactoryPostProcessor(
                factory -> VerbLifecycle.replaceIn(factory, new VerbLifecycle(() -> runIn(context))));
    }

    /** Called in place of everything that has a lifecycle; does not return. */
    private void runIn(ConfigurableApplicationContext context) {
        Interruption interruption = Interruption.watch(session.console(), context);
        int code = execute(context);
        ended.set(true);
        // Now, and not in a shutdown hook: clients are closed and beans destroyed while logging still works.
        context.close();
        interruption.ended();
        throw session.end(code);
    }

    private int execute(ConfigurableApplicationContext context) {
        CommandTarget on = target;
        try {
            if (on != null) {
                on.requireIn(context);
            }
            return session.say(verb.run(arguments, session.console(), context.getBeanFactory()));
        } catch (Throwable e) {
            // An error too: nobody above could say it in one line, and what waits for this verb to end would wait in
            // vain.
            return session.say(e, Place.of(context.getBeanFactory(), on != null ? on.name() : null));
        }
    }

    /** Called when the context could not be started; does not return. */
    AbandonedRunException end(Throwable failure) {
        CommandTarget on = target;
        Throwable said = failure;
        if (verb instanceof ApplicationVerb unknown && !ended.get()) {
            CommandException wrongUse = unknown.unknown(List.of());
            wrongUse.initCause(failure);
            said = wrongUse;
        }
        return session.end(session.say(said, Place.named(on != null ? on.name() : null)));
    }
}

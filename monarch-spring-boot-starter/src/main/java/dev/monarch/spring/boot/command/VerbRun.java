package dev.monarch.spring.boot.command;

import java.util.OptionalInt;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.context.ConfigurableApplicationContext;

/** Calls a verb in the application's context, which is started as far as that takes and no further. */
final class VerbRun {

    private final VerbCall call;

    private final CommandSession session;

    VerbRun(VerbCall call, CommandSession session) {
        this.call = call;
        this.session = session;
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
        CommandTarget chosen = call.target(context);
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
                factory -> VerbLifecycle.replaceIn(factory, new VerbLifecycle(() -> runIn(context, chosen))));
    }

    /** Called in place of everything that has a lifecycle; does not return. */
    private void runIn(ConfigurableApplicationContext context, CommandTarget chosen) {
        Interruption interruption = Interruption.watch(session.console(), context);
        int code = call.in(context, chosen);
        // Now, and not in a shutdown hook: clients are closed and beans destroyed while logging still works.
        context.close();
        interruption.ended();
        throw session.end(code);
    }

    /** Called when the context could not be started; does not return. */
    AbandonedRunException end(Throwable failure) {
        return session.end(call.say(failure));
    }
}

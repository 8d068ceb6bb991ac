package dev.monarch.spring.boot.command;

import java.util.OptionalInt;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.context.ConfigurableApplicationContext;

/** Calls a verb in the application's context, which is started only as far as necessary. */
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
        Interruption interruption = Interruption.watch(session.console(), context);
        int code = call.in(context, chosen);
        // Now, and not in a shutdown hook, so that logging still works while clients close and beans are destroyed.
        context.close();
        interruption.ended();
        throw session.end(code);
    }

    /** Called if the context could not be started. Does not return. */
    AbandonedRunException end(Throwable failure) {
        return session.end(call.say(failure));
    }
}

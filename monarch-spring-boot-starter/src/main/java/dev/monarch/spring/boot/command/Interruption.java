package dev.monarch.spring.boot.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;

import dev.monarch.engine.Scrubbed;
import dev.monarch.migration.Migrator;

/**
 * Lets a verb end cleanly when the process is asked to stop, for example with Ctrl-C: the migration is interrupted and
 * recorded, and the lock is released.
 *
 * <p>The JVM runs this on its own thread, waits for it, and then exits with the code of the signal.
 */
final class Interruption {

    private static final Logger log = LoggerFactory.getLogger(Interruption.class);

    private static final int SECONDS_TO_NOTICE = 2;

    private static final int SECONDS_TO_END = 20;

    private final CountDownLatch ended = new CountDownLatch(1);

    private final CommandConsole console;

    private final ListableBeanFactory beans;

    private final Thread worker = Thread.currentThread();

    private final Thread hook = new Thread(this::stop, "monarch-interruption");

    private Interruption(CommandConsole console, ListableBeanFactory beans) {
        this.console = console;
        this.beans = beans;
    }

    static Interruption watch(CommandConsole console, ConfigurableApplicationContext context) {
        Interruption interruption = new Interruption(console, context.getBeanFactory());
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** Called when the verb has ended and everything is closed. The process may end, or go on without a hook. */
    void ended() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            log.trace("The process is ending already", e);
        }
    }

    private void stop() {
        if (ended.getCount() == 0 || console.isAsking()) {
            return;
        }
        console.err().println("Interrupted: stopping cleanly.");
        worker.interrupt();
        try {
            if (!ended.await(SECONDS_TO_NOTICE, TimeUnit.SECONDS)) {
                // A thread that waits for the server's answer ignores an interrupt. The server must end the
                // operation.
                beans.getBean(Migrator.class).interrupt();
                if (!ended.await(SECONDS_TO_END, TimeUnit.SECONDS)) {
                    console.err()
                            .println(
                                    "The operation does not stop. The lock expires automatically, and the next run continues from the"
                                            + " history.");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            console.err().println("Could not stop the operations on the server: " + Scrubbed.firstLine(e));
        }
    }
}

package dev.monarch.spring.boot.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;

import dev.monarch.migration.Migrator;
import dev.monarch.spring.boot.advice.Scrubbed;

/**
 * Lets a verb end in good order when the process is told to stop, with Ctrl-C for example: the migration is interrupted,
 * the history says so, the lock is released.
 *
 * <p>The JVM runs this on a thread of its own and waits for it, and then ends with the code of the signal.
 */
final class Interruption {

    private static final int SECONDS_TO_NOTICE = 2;

    private static final int SECONDS_TO_END = 20;

    private final CountDownLatch ended = new CountDownLatch(1);

    private final CommandConsole console;

    private final ListableBeanFactory beans;

    private final Thread worker = Thread.currentThread();

    private Interruption(CommandConsole console, ListableBeanFactory beans) {
        this.console = console;
        this.beans = beans;
    }

    static Interruption watch(CommandConsole console, ConfigurableApplicationContext context) {
        Interruption interruption = new Interruption(console, context.getBeanFactory());
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::stop, "monarch-interruption"));
        return interruption;
    }

    /** The verb has ended and everything is closed: the process may end. */
    void ended() {
        ended.countDown();
    }

    private void stop() {
        if (ended.getCount() == 0 || console.isAsking()) {
            return;
        }
        console.err().println("Interrupted: stopping in good order.");
        worker.interrupt();
        try {
            if (!ended.await(SECONDS_TO_NOTICE, TimeUnit.SECONDS)) {
                // A thread that waits for the server's answer does not hear an interrupt; the server must end the work.
                beans.getBean(Migrator.class).interrupt();
                if (!ended.await(SECONDS_TO_END, TimeUnit.SECONDS)) {
                    console.err()
                            .println(
                                    "It does not stop. The lock runs out by itself, and the next run goes on from what the"
                                            + " history says.");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            console.err().println("Could not stop what is at work on the server: " + Scrubbed.firstLine(e));
        }
    }
}

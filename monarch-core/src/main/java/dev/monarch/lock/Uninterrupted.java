package dev.monarch.lock;

/**
 * Runs what must happen even on an interrupted thread.
 *
 * <p>On an interrupted thread the driver refuses to wait for a connection or an answer, so the interrupt is set aside
 * and given back afterwards.
 */
public final class Uninterrupted {

    private Uninterrupted() {}

    /**
     * Runs an action with the thread's interrupt set aside.
     *
     * @param action the action
     */
    public static void run(Runnable action) {
        boolean interrupted = Thread.interrupted();
        try {
            action.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

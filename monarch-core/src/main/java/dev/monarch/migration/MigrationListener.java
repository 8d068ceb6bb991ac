package dev.monarch.migration;

/** Receives the steps of a run, on the thread that runs it. */
@FunctionalInterface
public interface MigrationListener {

    /**
     * Receives a step.
     *
     * @param event the step; if the listener throws, Monarch logs the exception and continues
     */
    void onEvent(MigrationEvent event);
}

package dev.monarch.migration;

/** Sees the steps of a run, on the thread that runs it. */
@FunctionalInterface
public interface MigrationListener {

    /**
     * Sees a step.
     *
     * @param event the step; what the listener throws is logged and changes nothing
     */
    void onEvent(MigrationEvent event);
}

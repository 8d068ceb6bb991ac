package dev.monarch.migration;

import java.util.List;

/** What a run is going to do, forwards or backwards. */
public sealed interface RunPlan permits MigrationPlan, RollbackPlan {

    /**
     * Returns the environment it works on.
     *
     * @return the environment's name
     */
    String environment();

    /**
     * Returns the migrations it is going to call, in order.
     *
     * @return their ids
     */
    List<String> ids();
}

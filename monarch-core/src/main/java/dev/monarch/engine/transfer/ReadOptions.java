package dev.monarch.engine.transfer;

import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.ReadReport.Consistency;

/**
 * How to read a database.
 *
 * @param operation the operation, as a phrase before the name of an environment: {@code back up}
 * @param selection which collections
 * @param consistency the required consistency
 * @param pace how fast, and from which member of the replica set
 * @param history the migration history collection, which is compared before and after the read
 * @param subset the part to read; {@link SubsetChoice#WHOLE} for all of the selected collections
 * @param allowEmpty whether to read a database without user collections
 */
public record ReadOptions(
        String operation,
        CollectionSelection selection,
        Consistency consistency,
        TransferPace pace,
        String history,
        SubsetChoice subset,
        boolean allowEmpty) {

    /**
     * Creates options for whole collections of a non-empty database.
     *
     * @param operation the operation
     * @param selection which collections
     * @param consistency the required consistency
     * @param pace how fast, and from which member of the replica set
     * @param history the migration history collection
     */
    public ReadOptions(
            String operation,
            CollectionSelection selection,
            Consistency consistency,
            TransferPace pace,
            String history) {
        this(operation, selection, consistency, pace, history, SubsetChoice.WHOLE, false);
    }
}

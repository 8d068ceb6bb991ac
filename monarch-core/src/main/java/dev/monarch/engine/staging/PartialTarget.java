package dev.monarch.engine.staging;

import org.jspecify.annotations.Nullable;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.environment.Guard.GuardedOperation.Exposure;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Protects a target from a part of the data. A part looks like a database that lost data, and masked data looks like
 * damaged data.
 *
 * @param operation the operation, as a phrase that precedes the name of an environment
 * @param target the target
 * @param confirmed the environment whose data an incomplete database may replace; null for none
 */
public record PartialTarget(
        String operation,
        MonarchEnvironment target,
        @Nullable String confirmed) {

    /**
     * Checks that the target accepts the selection of a query set.
     *
     * @param querySet the name of the query set
     * @param source the source, as a noun phrase
     * @throws OperationRefusedException if the target is protected and not confirmed
     */
    public void requireForQuerySet(String querySet, String source) {
        if (target.exposure() == Exposure.PROTECTED && !isConfirmed()) {
            throw refused("the query set '" + querySet + "' selects only a part of " + source + ", and '"
                    + target.name() + "' is protected");
        }
    }

    /**
     * Checks that the target accepts a backup that is incomplete.
     *
     * @param environment the environment that the backup was taken from
     * @throws OperationRefusedException if that is the target or the target is protected, and it is not confirmed
     */
    public void requireForBackup(String environment) {
        boolean itsOwn = environment.equals(target.name());
        if (!isConfirmed() && (itsOwn || target.exposure() == Exposure.PROTECTED)) {
            throw refused("the backup contains only a part of '" + environment + "', and '" + target.name() + "' is "
                    + (itsOwn ? "the environment that it was taken from" : "protected"));
        }
    }

    private boolean isConfirmed() {
        return target.name().equals(confirmed);
    }

    private OperationRefusedException refused(String problem) {
        return new OperationRefusedException(operation, target.name(), Reason.PARTIAL_DATA, problem);
    }
}

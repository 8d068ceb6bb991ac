package dev.monarch.environment;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.environment.GuardedOperation.Exposure;
import dev.monarch.environment.GuardedOperation.Requirement;

/**
 * Decides whether an operation may touch an environment.
 *
 * <p>The rules are one table, {@link GuardedOperation} by {@link Exposure}; the guard only compares what the table asks
 * with what the caller gave. Immutable.
 */
public final class Guard {

    private final boolean dropEnabled;

    /**
     * Creates a guard.
     *
     * @param dropEnabled whether databases that are protected or not on this machine may be dropped at all
     */
    public Guard(boolean dropEnabled) {
        this.dropEnabled = dropEnabled;
    }

    /**
     * Lets an operation pass, or refuses it.
     *
     * @param operation what is to be done
     * @param environment the environment it would touch
     * @param approval what the caller gave in its favour
     * @throws OperationRefusedException if that is not enough
     */
    public void check(GuardedOperation operation, MonarchEnvironment environment, Approval approval) {
        requireEnabled(operation, environment);
        Requirement requirement = operation.requirementOn(environment.exposure());
        if (!approves(approval, environment.name(), requirement)) {
            throw refusal(operation, environment, approval, requirement);
        }
    }

    /**
     * Refuses an operation that the configuration does not allow, so that no approval needs to be asked for.
     *
     * @param operation what is to be done
     * @param environment the environment it would touch
     * @throws OperationRefusedException if it is switched off for such an environment
     */
    public void requireEnabled(GuardedOperation operation, MonarchEnvironment environment) {
        Exposure exposure = environment.exposure();
        if (operation.requirementOn(exposure) == Requirement.SWITCH && !dropEnabled) {
            throw new OperationRefusedException(
                    operation.words(),
                    environment.name(),
                    Reason.DROP_DISABLED,
                    exposure == Exposure.PROTECTED
                            ? "it is protected, and dropping a protected database is switched off"
                            : "it is not on this machine, and dropping such a database is switched off");
        }
    }

    private static boolean approves(Approval approval, String environment, Requirement requirement) {
        return switch (requirement) {
            case NOTHING -> true;
            case CONFIRMATION -> approval.confirms(environment);
            case NAME, SWITCH -> approval.names(environment);
        };
    }

    private static OperationRefusedException refusal(
            GuardedOperation operation, MonarchEnvironment environment, Approval approval, Requirement requirement) {
        String name = environment.name();
        if (!approval.environments().isEmpty()) {
            return new OperationRefusedException(
                    operation.words(),
                    name,
                    Reason.OTHER_NAME_CONFIRMED,
                    "the confirmation names '" + String.join("', '", approval.environments()) + "'");
        }
        return requirement == Requirement.CONFIRMATION
                ? new OperationRefusedException(operation.words(), name, Reason.NOT_CONFIRMED, "it was not confirmed")
                : new OperationRefusedException(
                        operation.words(),
                        name,
                        Reason.NAME_NOT_CONFIRMED,
                        "it is protected, and a plain yes does not suffice");
    }
}

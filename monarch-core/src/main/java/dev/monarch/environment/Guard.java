package dev.monarch.environment;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.environment.GuardedOperation.Exposure;
import dev.monarch.environment.GuardedOperation.Requirement;

/**
 * Decides whether an operation may touch an environment.
 *
 * <p>The rules are one table: {@link GuardedOperation} by {@link Exposure}. The guard compares the requirement in the
 * table with the caller's approval. Immutable.
 */
public final class Guard {

    private final boolean dropEnabled;

    /**
     * Creates a guard.
     *
     * @param dropEnabled whether protected and remote databases may be dropped
     */
    public Guard(boolean dropEnabled) {
        this.dropEnabled = dropEnabled;
    }

    /**
     * Checks that an operation is allowed and approved.
     *
     * @param operation the operation
     * @param environment the environment to change
     * @param approval the caller's approval
     * @throws OperationRefusedException if the operation is not allowed, or the approval does not suffice
     */
    public void check(GuardedOperation operation, MonarchEnvironment environment, Approval approval) {
        requireEnabled(operation, environment);
        Requirement requirement = operation.requirementOn(environment.exposure());
        if (!approves(approval, environment.name(), requirement)) {
            throw refusal(operation, environment, approval, requirement);
        }
    }

    /**
     * Checks that the configuration allows an operation, before asking a user for approval.
     *
     * @param operation the operation
     * @param environment the environment to change
     * @throws OperationRefusedException if it is disabled for this environment
     */
    public void requireEnabled(GuardedOperation operation, MonarchEnvironment environment) {
        Exposure exposure = environment.exposure();
        if (operation.requirementOn(exposure) == Requirement.SWITCH && !dropEnabled) {
            throw new OperationRefusedException(
                    operation.words(),
                    environment.name(),
                    Reason.DROP_DISABLED,
                    exposure == Exposure.PROTECTED
                            ? "it is protected, and dropping protected databases is disabled"
                            : "it is not on this machine, and dropping remote databases is disabled");
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
                        "it is protected, so the confirmation must name it");
    }

    /** The configured protection of an environment. */
    public enum Protection {

        /** Not configured: depends on the name and the hosts. */
        DEFAULT,

        /** Always protected. */
        ON,

        /** Never protected, whatever its name and hosts. */
        OFF;

        private static final Pattern PRODUCTION_LIKE =
                Pattern.compile("(^|[-_.])(prod|production|prd|live)([-_.0-9]|$)", Pattern.CASE_INSENSITIVE);

        /**
         * Converts a configured flag.
         *
         * @param flag the flag; null if it is not set
         * @return the protection
         */
        public static Protection of(@Nullable Boolean flag) {
            if (flag == null) {
                return DEFAULT;
            }
            return flag ? ON : OFF;
        }

        Exposure exposureOf(String name, EnvironmentAddress address) {
            boolean loopback = address.isLoopback();
            return switch (this) {
                case ON -> Exposure.PROTECTED;
                case OFF -> loopback ? Exposure.LOOPBACK : Exposure.REMOTE;
                case DEFAULT -> loopback && !isProductionLike(name) ? Exposure.LOOPBACK : Exposure.PROTECTED;
            };
        }

        private static boolean isProductionLike(String name) {
            return PRODUCTION_LIKE.matcher(name).find();
        }
    }
}

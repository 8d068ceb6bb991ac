package dev.monarch.environment;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.environment.Guard.GuardedOperation.Exposure;
import dev.monarch.environment.Guard.GuardedOperation.Requirement;

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

    /** The operations on an environment; the rows of the guard's table. */
    public enum GuardedOperation {

        /** Reads without changes: plans, lists, backups, the source of a copy. */
        READ("read", Requirement.NOTHING, Requirement.NOTHING, Requirement.NOTHING),

        /** Runs pending migrations, as the application does on every start. */
        MIGRATE("migrate", Requirement.NOTHING, Requirement.NOTHING, Requirement.NOTHING),

        /** Runs the {@code down} of applied migrations. */
        ROLL_BACK("roll back", Requirement.NOTHING, Requirement.CONFIRMATION, Requirement.NAME),

        /** Makes documents what they were before a change. */
        UNDO("undo changes of", Requirement.NOTHING, Requirement.CONFIRMATION, Requirement.NAME),

        /** Removes from documents what only instances of older versions need. */
        CONTRACT("contract documents of", Requirement.NOTHING, Requirement.CONFIRMATION, Requirement.NAME),

        /** Changes the history or the lock manually. */
        AMEND_HISTORY("amend the history of", Requirement.NOTHING, Requirement.CONFIRMATION, Requirement.NAME),

        /** Replaces data with that of a backup. */
        RESTORE("restore into", Requirement.CONFIRMATION, Requirement.CONFIRMATION, Requirement.NAME),

        /** Replaces data with that of another environment. */
        COPY_INTO("copy into", Requirement.CONFIRMATION, Requirement.CONFIRMATION, Requirement.NAME),

        /** Continues an interrupted swap, as the next start of the application does. */
        RETRY_SWAP("continue the swap of", Requirement.NOTHING, Requirement.NOTHING, Requirement.NOTHING),

        /** Abandons an interrupted swap, which leaves the data partly replaced. */
        ABANDON_SWAP("abandon the swap of", Requirement.CONFIRMATION, Requirement.CONFIRMATION, Requirement.NAME),

        /** Drops the database. */
        DROP_DATABASE("drop the database of", Requirement.CONFIRMATION, Requirement.SWITCH, Requirement.SWITCH);

        private final String words;

        private final Requirement loopback;

        private final Requirement remote;

        private final Requirement protectedOne;

        GuardedOperation(String words, Requirement loopback, Requirement remote, Requirement protectedOne) {
            this.words = words;
            this.loopback = loopback;
            this.remote = remote;
            this.protectedOne = protectedOne;
        }

        /**
         * Returns the operation as a phrase that precedes an environment's name.
         *
         * @return for example {@code restore into}
         */
        public String words() {
            return words;
        }

        /**
         * Returns what the guard requires.
         *
         * @param exposure the exposure of the environment
         * @return the requirement
         */
        public Requirement requirementOn(Exposure exposure) {
            return switch (exposure) {
                case LOOPBACK -> loopback;
                case REMOTE -> remote;
                case PROTECTED -> protectedOne;
            };
        }

        /** The exposure of an environment; the columns of the guard's table. */
        public enum Exposure {

            /** On this machine and not protected. */
            LOOPBACK,

            /** On another machine, with protection disabled. */
            REMOTE,

            /** Protected: by configuration, by a production-like name, or because it is not on this machine. */
            PROTECTED
        }

        /** What the guard requires before an operation; the cells of its table. */
        public enum Requirement {

            /** Nothing. */
            NOTHING,

            /** A confirmation. */
            CONFIRMATION,

            /** The environment's name; a confirmation without the name does not suffice. */
            NAME,

            /** The environment's name and {@code monarch.drop-enabled=true}. */
            SWITCH
        }
    }
}

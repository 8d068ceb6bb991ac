package dev.monarch.environment;

/** The operations on an environment; the rows of the guard's table. */
public enum GuardedOperation {

    /** Reads without changes: plans, lists, backups, the source of a copy. */
    READ("read", Requirement.NOTHING, Requirement.NOTHING, Requirement.NOTHING),

    /** Runs pending migrations, as the application does on every start. */
    MIGRATE("migrate", Requirement.NOTHING, Requirement.NOTHING, Requirement.NOTHING),

    /** Runs the {@code down} of applied migrations. */
    ROLL_BACK("roll back", Requirement.NOTHING, Requirement.CONFIRMATION, Requirement.NAME),

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

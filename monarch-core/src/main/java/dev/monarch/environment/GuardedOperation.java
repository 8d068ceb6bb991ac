package dev.monarch.environment;

/** What can be done to an environment; the rows of the guard's table. */
public enum GuardedOperation {

    /** Looks and changes nothing: plans, lists, backups, the source of a copy. */
    READ("read", Requirement.NOTHING, Requirement.NOTHING, Requirement.NOTHING),

    /** Runs pending migrations: what the application does to its own database on every boot. */
    MIGRATE("migrate", Requirement.NOTHING, Requirement.NOTHING, Requirement.NOTHING),

    /** Runs the {@code down} of applied migrations. */
    ROLL_BACK("roll back", Requirement.NOTHING, Requirement.CONFIRMATION, Requirement.NAME),

    /** Changes the history or the lock by hand. */
    AMEND_HISTORY("amend the history of", Requirement.NOTHING, Requirement.CONFIRMATION, Requirement.NAME),

    /** Replaces data by that of a backup. */
    RESTORE("restore into", Requirement.CONFIRMATION, Requirement.CONFIRMATION, Requirement.NAME),

    /** Replaces data by that of another environment. */
    COPY_INTO("copy into", Requirement.CONFIRMATION, Requirement.CONFIRMATION, Requirement.NAME),

    /** Goes on with a swap that was interrupted: what the next start of the application does, too. */
    RETRY_SWAP("go on with the swap of", Requirement.NOTHING, Requirement.NOTHING, Requirement.NOTHING),

    /** Gives a swap up that was interrupted, which leaves a part replaced. */
    ABANDON_SWAP("give up the swap of", Requirement.CONFIRMATION, Requirement.CONFIRMATION, Requirement.NAME),

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
     * Returns the operation in words, to be followed by an environment's name.
     *
     * @return for example {@code restore into}
     */
    public String words() {
        return words;
    }

    /**
     * Returns what the guard asks of a caller.
     *
     * @param exposure how far from harmless the environment is
     * @return the requirement
     */
    public Requirement requirementOn(Exposure exposure) {
        return switch (exposure) {
            case LOOPBACK -> loopback;
            case REMOTE -> remote;
            case PROTECTED -> protectedOne;
        };
    }

    /** How far from harmless an environment is; the columns of the guard's table. */
    public enum Exposure {

        /** On this machine and not protected. */
        LOOPBACK,

        /** On another machine, and its protection was switched off. */
        REMOTE,

        /** Protected: by flag, by a production-like name, or because it is not on this machine. */
        PROTECTED
    }

    /** What the guard asks of a caller before an operation; the cells of its table. */
    public enum Requirement {

        /** Nothing. */
        NOTHING,

        /** A yes. */
        CONFIRMATION,

        /** The environment's name, spelled out by the caller; a yes does not suffice. */
        NAME,

        /** The environment's name and {@code monarch.drop-enabled=true}. */
        SWITCH
    }
}

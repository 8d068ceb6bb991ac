package dev.monarch.spring.boot.advice;

/** What a command tells the shell. The one table; {@code docs/commands.md} shows it. */
public enum ExitCode {

    /** Done. */
    DONE(0, "done"),

    /** Failed. */
    FAILED(1, "failed"),

    /** The command line makes no sense, names something that is not there, or asks for what cannot be done. */
    WRONG_USE(
            2,
            "wrong use; nothing has happened: the command line, something it names that is not there, or something it asks"
                    + " for that cannot be done as things are"),

    /** The guard, or the user, said no. */
    REFUSED(3, "refused by the guard, or declined; nothing has happened"),

    /** There is something to do. */
    PENDING(4, "something is pending (--check)"),

    /** Somebody else has the lock. */
    LOCKED(5, "the environment is locked by somebody else"),

    /** Done, with something that a script must not take for a plain success. */
    REMARKS(
            6,
            "done, with a remark that a script must not miss: documents or indexes left out, less consistent than the server can, a"
                    + " source that changed meanwhile or had migrations at work, or validators that had to be obeyed"),

    /** Stopped by Ctrl-C: what the JVM itself says after a SIGINT. */
    INTERRUPTED(130, "interrupted with Ctrl-C");

    private final int code;

    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /**
     * {@return the number that the process ends with}
     */
    public int code() {
        return code;
    }

    /**
     * {@return what it means, as a phrase}
     */
    public String meaning() {
        return meaning;
    }
}

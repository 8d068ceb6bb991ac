package dev.monarch.spring.boot.advice;

/** The exit codes of commands. {@code docs/commands.md} shows this table. */
public enum ExitCode {

    /** Done. */
    DONE(0, "done"),

    /** Failed. */
    FAILED(1, "failed"),

    /** The command line is invalid, names something that does not exist, or requests something impossible. */
    WRONG_USE(
            2,
            "wrong use; nothing has happened: the command line is invalid, names something that does not exist, or"
                    + " requests something that is impossible in the current state"),

    /** The guard refused, or the user declined. */
    REFUSED(3, "refused by the guard, or declined; nothing has happened"),

    /** Migrations are pending. */
    PENDING(4, "something is pending (--check)"),

    /** Another process holds the lock. */
    LOCKED(5, "another process holds the lock of the environment"),

    /** Done, with a remark that a script must not miss. */
    REMARKS(
            6,
            "done, with a remark that a script must not miss: documents or indexes omitted, less consistency than the server supports, a"
                    + " source that changed meanwhile or had running migrations, or documents checked by validators"),

    /** Stopped by Ctrl-C. The JVM uses this code after a SIGINT. */
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

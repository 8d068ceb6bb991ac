package dev.monarch.spring.boot.command;

/**
 * A verb of the application's own: a bean of this type is run by {@code java -jar app.jar monarch NAME …}.
 *
 * <p>It runs in the application's context, created lazily and without its web server, its runners, its schedules and its
 * listeners. A name that Monarch has a verb of itself for is never asked for.
 */
public interface MonarchCommand {

    /**
     * Returns the verb.
     *
     * @return lower-case words joined by dashes, for example {@code import-dogs}
     */
    String name();

    /**
     * Returns what the verb does, for the help.
     *
     * @return one line
     */
    String description();

    /**
     * Does it.
     *
     * @param context what it was called with
     * @return what the process is to say to the shell; 0 if all is well
     * @throws Exception to end with one line on standard error and the code 1
     */
    int run(CommandContext context) throws Exception;
}

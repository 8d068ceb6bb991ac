package dev.monarch.spring.boot.command;

/** What the history is told about a change by hand. */
final class Reason {

    private Reason() {}

    static String of(Arguments arguments, String verb) {
        String given = arguments.option(VerbOptions.REASON);
        if (given != null && given.isBlank()) {
            throw new CommandException(ExitCode.WRONG_USE, "The text of --reason is empty; leave it out, or say why.");
        }
        return given != null ? given : "by hand: monarch " + verb;
    }
}

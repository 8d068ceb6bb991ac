package dev.monarch.spring.boot.command;

/**
 * What is copied where, as it is typed: {@code FROM:TO}.
 *
 * @param from the environment that is read
 * @param to the environment whose data is replaced
 */
record FromAndTo(String from, String to) {

    static FromAndTo of(String word) {
        String[] names = word.split(":", -1);
        if (names.length != 2 || names[0].isBlank() || names[1].isBlank()) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    "Say what to copy where: FROM:TO, for example production:development, not '" + word + "'.");
        }
        return new FromAndTo(names[0], names[1]);
    }
}

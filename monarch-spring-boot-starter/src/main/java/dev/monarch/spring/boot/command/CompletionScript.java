package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The completion script for bash and zsh: picocli's script, with calls of the application for names that only it knows.
 */
final class CompletionScript {

    /** A word list with only a marker, in a function of picocli's script. The option's name follows. */
    private static final Pattern MARK = Pattern.compile(
            "(?m)^  local (\\w+)_(pos_param|option)_args=\\(\"" + Completion.MARK + "([a-z:]+)\"\\) # (\\S+) values$");

    private CompletionScript() {}

    /**
     * Creates the script.
     *
     * @param name the name of the shell function
     * @param monarch the command line; its choices are in lower case afterwards
     */
    static String of(String name, CommandLine monarch) {
        monarch.getSubcommands().values().forEach(verb -> lowerChoices(verb.getCommandSpec()));
        String asking = "_names_for_" + name.replaceAll("\\W", "_");
        String script = MARK.matcher(AutoComplete.bash(name, monarch))
                .replaceAll(mark -> Matcher.quoteReplacement("  "
                        + (mark.group(2).equals("option")
                                ? "[[ \"${prev_word}\" != \"" + mark.group(4) + "\" ]]"
                                : "[[ \"${curr_word}\" == -* ]]")
                        + " || " + asking + " " + mark.group(3) + "\n  local " + mark.group(1) + "_" + mark.group(2)
                        + "_args=(\"${" + asking + "[@]}\")"));
        return script
                + Template.resource("completion.bash.template")
                        .replace("${asking}", asking)
                        .replace("${command}", name);
    }

    /** Shells distinguish case, and users type choices in lower case. */
    private static void lowerChoices(CommandSpec verb) {
        for (OptionSpec option : List.copyOf(verb.options())) {
            if (option.type().isEnum() && option.group() == null) {
                List<String> words = Stream.of(option.type().getEnumConstants())
                        .map(word -> word.toString().toLowerCase(Locale.ROOT))
                        .toList();
                verb.remove(option);
                verb.add(OptionSpec.builder(option).completionCandidates(words).build());
            }
        }
    }
}

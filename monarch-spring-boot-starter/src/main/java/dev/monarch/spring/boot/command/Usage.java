package dev.monarch.spring.boot.command;

import java.util.List;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The verbs as picocli knows them: for its parser, and for the help. */
final class Usage {

    private static final int WIDTH = 100;

    private Usage() {}

    static CommandLine of(VerbDescription verb) {
        CommandSpec spec = CommandSpec.create().name(CommandArguments.WORD + " " + verb.name());
        for (ArgSpec argument : verb.arguments()) {
            if (argument instanceof OptionSpec option) {
                spec.addOption(option);
            } else {
                spec.addPositional((PositionalParamSpec) argument);
            }
        }
        VerbOptions.ofEveryVerb().forEach(spec::addOption);
        spec.usageMessage().width(WIDTH).sortOptions(false).description(description(verb));
        spec.usageMessage().footer(examples(verb.examples()));
        return configured(new CommandLine(spec));
    }

    static String ofVerb(VerbDescription verb, Ansi ansi) {
        return of(verb).getUsageMessage(ansi);
    }

    static String ofAll(List<VerbDescription> verbs, Ansi ansi) {
        CommandSpec root = CommandSpec.create().name("java -jar app.jar [SPRING ARGUMENTS] " + CommandArguments.WORD);
        root.usageMessage()
                .width(WIDTH)
                .customSynopsis("java -jar app.jar [SPRING ARGUMENTS] monarch VERB [ARGUMENTS]")
                .commandListHeading("%nVerbs:%n")
                .footer(
                        "",
                        "'monarch help VERB' shows how one is used. An application may have verbs of its own:",
                        "'monarch help --all' starts it to ask for them.");
        verbs.forEach(verb -> {
            CommandSpec spec = CommandSpec.create().name(verb.name());
            spec.usageMessage().description(verb.summary());
            root.addSubcommand(verb.name(), spec);
        });
        return configured(new CommandLine(root)).getUsageMessage(ansi);
    }

    /** The summary; and the names of other tools that the verb answers to, for whoever comes from one. */
    private static String[] description(VerbDescription verb) {
        List<String> aliases =
                verb.aliases().stream().filter(alias -> !alias.contains("_")).toList();
        return aliases.isEmpty()
                ? new String[] {verb.summary(), ""}
                : new String[] {verb.summary(), "The same: " + String.join(", ", aliases) + ".", ""};
    }

    private static CommandLine configured(CommandLine commandLine) {
        // Descriptions are ours and hold no variables; a '${…}' in an argument is the user's.
        return commandLine.setInterpolateVariables(false);
    }

    private static String[] examples(List<Example> examples) {
        String[] lines = new String[1 + 2 * examples.size()];
        lines[0] = "%nExamples:".replace("%n", "\n");
        for (int i = 0; i < examples.size(); i++) {
            lines[1 + 2 * i] = "  monarch " + examples.get(i).words();
            lines[2 + 2 * i] = "      " + examples.get(i).meaning();
        }
        return lines;
    }
}

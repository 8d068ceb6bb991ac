package dev.monarch.spring.boot.command;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Builds picocli's model of the command line. */
final class Verbs {

    private static final int WIDTH = 100;

    private Verbs() {}

    /** Returns Monarch's own verbs by their names, without building the command line. */
    static Map<String, Class<?>> byName() {
        Map<String, Class<?>> verbs = new HashMap<>();
        for (Class<?> verb : AllVerbs.class.getAnnotation(Command.class).subcommands()) {
            Command command = verb.getAnnotation(Command.class);
            verbs.put(command.name(), verb);
            Stream.of(command.aliases()).forEach(alias -> verbs.put(alias, verb));
        }
        return verbs;
    }

    /**
     * Builds it with one of Monarch's verbs, without a started application. Picocli reads a verb by reflection, so all of them
     * would take a good part of the time of a short command.
     *
     * @param session the session of the verb
     * @param application the class whose package contains the application's classes
     * @param verb the verb
     */
    static CommandLine of(CommandSession session, ApplicationClass application, Class<?> verb) {
        VerbFactory factory = new VerbFactory(null, session, session.console(), application);
        CommandLine only = new CommandLine(verb, factory);
        formatHelp(only, factory);
        return configured(new CommandLine(Monarch.class, factory).addSubcommand(only), session);
    }

    /**
     * Builds it with all verbs, without a started application.
     *
     * @param session the session of its verbs
     * @param application the class whose package contains the application's classes
     * @param own the application's own verbs
     */
    static CommandLine of(CommandSession session, ApplicationClass application, Collection<Class<?>> own) {
        VerbFactory factory = new VerbFactory(null, session, session.console(), application);
        CommandLine monarch = new CommandLine(AllVerbs.class, factory);
        monarch.getSubcommands().values().forEach(verb -> formatHelp(verb, factory));
        own.stream()
                .map(verb -> new CommandLine(verb, factory))
                .filter(verb -> !monarch.getSubcommands().containsKey(verb.getCommandName()))
                .forEach(verb -> monarch.addSubcommand(verb.getCommandName(), verb));
        return configured(monarch, session);
    }

    /** Builds it for one verb, with the beans that it needs. */
    static CommandLine of(Class<?> verb, CommandSession session, ConfigurableApplicationContext context) {
        Object[] parts = {session, session.console(), context};
        return configured(new CommandLine(verb, new VerbFactory(context.getBeanFactory(), parts)), session);
    }

    private static void formatHelp(CommandLine verb, VerbFactory factory) {
        CommandSpec spec = verb.getCommandSpec();
        if (verb.getCommand() instanceof HelpCommand) {
            CommandSpec.forAnnotatedObject(Output.class, factory).options().stream()
                    .filter(option -> !option.usageHelp())
                    .forEach(spec::addOption);
            // It lists all verbs in any case, because they are known without the application.
            spec.addOption(OptionSpec.builder("--all").hidden(true).build());
            spec.usageMessage()
                    .header(new String[0])
                    .description("List the verbs, or explain one of them.")
                    .footer(
                            "  monarch help",
                            "      List the verbs.",
                            "  monarch help migrate",
                            "      Explain one of them.");
        }
        spec.usageMessage()
                .sortOptions(false)
                .synopsisHeading("Usage: ")
                .parameterListHeading("%n")
                .optionListHeading(spec.positionalParameters().isEmpty() ? "%n" : "")
                .footerHeading("%nExamples:%n");
    }

    /** Sets what all command lines share: the format of the help, and the output. */
    private static CommandLine configured(CommandLine commandLine, CommandSession session) {
        return commandLine
                // Monarch's descriptions contain no variables. A '${…}' in an argument belongs to the user.
                .setInterpolateVariables(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(WIDTH)
                .setColorScheme(Help.defaultColorScheme(session.console().ansi()))
                .setOut(new PrintWriter(session.console().out(), true))
                .setErr(new PrintWriter(session.console().err(), true));
    }
}

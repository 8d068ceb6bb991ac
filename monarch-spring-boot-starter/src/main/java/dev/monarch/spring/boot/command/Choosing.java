package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

import dev.monarch.queryset.QuerySet.Parameter;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.queryset.QuerySets;

/** The options that choose a query set, and the questions for what it wants to know. */
final class Choosing {

    private static final String QUERY_SET = "--query-set";

    private static final String PARAMETER = "--parameter";

    private Choosing() {}

    static List<ArgSpec> options() {
        return List.of(
                OptionSpec.builder("-q", QUERY_SET)
                        .paramLabel("NAME")
                        .type(String.class)
                        .arity("1")
                        .description("Only the part that this query set takes, masked as it says.")
                        .build(),
                OptionSpec.builder("-p", PARAMETER)
                        .paramLabel("NAME=VALUE")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("1")
                        .description("A parameter of the query set; once for each.")
                        .build());
    }

    /**
     * Returns what was chosen, after asking for what is missing where there is somebody to ask.
     *
     * @param environment the environment that is read
     * @return null if no query set was named
     */
    static @Nullable QuerySetRequest of(
            Arguments arguments, CommandConsole console, QuerySets querySets, String environment) {
        String name = arguments.option(QUERY_SET);
        List<String> given = arguments.options(PARAMETER);
        if (name == null) {
            if (!given.isEmpty()) {
                throw new CommandException(
                        ExitCode.WRONG_USE, "Parameters are those of a query set: name it with " + QUERY_SET + ".");
            }
            return null;
        }
        QuerySetRequest request = QuerySetRequest.of(name);
        for (String parameter : given) {
            request = with(parameter, request);
        }
        return console.isATerminal()
                ? asked(request, querySets.find(name, environment).parameters(), console)
                : request;
    }

    private static QuerySetRequest with(String parameter, QuerySetRequest request) {
        int equals = parameter.indexOf('=');
        if (equals < 1) {
            // It may be a secret without its name.
            throw new CommandException(
                    ExitCode.WRONG_USE, "A parameter is given as " + PARAMETER + " NAME=VALUE, and one has no name.");
        }
        return request.with(parameter.substring(0, equals), parameter.substring(equals + 1));
    }

    private static QuerySetRequest asked(
            QuerySetRequest request, List<Parameter<?>> parameters, CommandConsole console) {
        QuerySetRequest complete = request;
        List<Parameter<?>> missing = new ArrayList<>(parameters);
        missing.removeIf(parameter -> request.parameters().containsKey(parameter.name())
                || parameter.defaultText().isPresent());
        for (Parameter<?> parameter : missing) {
            complete = complete.with(parameter.name(), ask(parameter, console));
        }
        return complete;
    }

    private static String ask(Parameter<?> parameter, CommandConsole console) {
        String purpose = parameter.description().isBlank() ? "" : " (" + parameter.description() + ")";
        String question = parameter.name() + purpose + ", " + parameter.type() + ":";
        while (true) {
            String answer = parameter.isSecret() ? console.askHidden(question) : console.ask(question);
            if (answer == null) {
                throw new CommandException(
                        ExitCode.REFUSED, "'" + parameter.name() + "' was not answered. Nothing has happened.");
            }
            try {
                parameter.parse(answer);
                return answer;
            } catch (IllegalArgumentException e) {
                console.err().println(e.getMessage());
            }
        }
    }
}

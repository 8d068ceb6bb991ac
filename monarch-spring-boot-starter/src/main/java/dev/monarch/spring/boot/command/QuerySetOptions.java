package dev.monarch.spring.boot.command;

import java.util.List;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import dev.monarch.queryset.QuerySet.Parameter;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.queryset.QuerySets;
import dev.monarch.spring.boot.advice.ExitCode;

/** The options that choose a query set, and the questions for its parameters. */
final class QuerySetOptions {

    @Option(
            names = {"-q", "--query-set"},
            paramLabel = "NAME",
            description = "Only the part that this query set takes, masked as it says.")
    private @Nullable String querySet;

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "A parameter of the query set; once for each.")
    private @Nullable List<String> parameters;

    private final CommandConsole console;

    QuerySetOptions(CommandConsole console) {
        this.console = console;
    }

    /**
     * Returns what was chosen, after asking for what is missing where there is somebody to ask.
     *
     * @param environment the environment that is read
     * @return null if no query set was named
     */
    @Nullable
    QuerySetRequest get(QuerySets querySets, String environment) {
        List<String> given = parameters == null ? List.of() : parameters;
        if (querySet == null) {
            if (!given.isEmpty()) {
                throw new CommandException(
                        ExitCode.WRONG_USE, "Parameters are those of a query set: name it with --query-set.");
            }
            return null;
        }
        QuerySetRequest request = QuerySetRequest.of(querySet);
        for (String parameter : given) {
            request = with(parameter, request);
        }
        return console.isATerminal()
                ? asked(request, querySets.find(querySet, environment).parameters())
                : request;
    }

    private static QuerySetRequest with(String parameter, QuerySetRequest request) {
        int equals = parameter.indexOf('=');
        if (equals < 1) {
            // It may be a secret without its name.
            throw new CommandException(
                    ExitCode.WRONG_USE, "A parameter is given as --parameter NAME=VALUE, and one has no name.");
        }
        return request.with(parameter.substring(0, equals), parameter.substring(equals + 1));
    }

    private QuerySetRequest asked(QuerySetRequest request, List<Parameter<?>> all) {
        QuerySetRequest complete = request;
        for (Parameter<?> parameter : all) {
            if (!request.parameters().containsKey(parameter.name())
                    && parameter.defaultText().isEmpty()) {
                complete = complete.with(parameter.name(), ask(parameter));
            }
        }
        return complete;
    }

    private String ask(Parameter<?> parameter) {
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

package dev.monarch.spring.boot.command;

import java.util.List;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import dev.monarch.queryset.QuerySet.Parameter;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.queryset.QuerySets;
import dev.monarch.spring.boot.advice.ExitCode;

/** The options for a query set, and the prompts for its parameters. */
final class QuerySetOptions {

    @Option(
            names = {"-q", "--query-set"},
            paramLabel = "NAME",
            description = "Read only what this query set selects, masked by its rules.")
    private @Nullable String querySet;

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "Parameter of the query set. Repeat it for each parameter.")
    private @Nullable List<String> parameters;

    private final CommandConsole console;

    QuerySetOptions(CommandConsole console) {
        this.console = console;
    }

    /**
     * Returns the query set chosen. Asks for missing parameters if a user can answer.
     *
     * @param environment the source
     * @return null if no query set was chosen
     */
    @Nullable
    QuerySetRequest get(QuerySets querySets, String environment) {
        List<String> given = parameters == null ? List.of() : parameters;
        if (querySet == null) {
            if (!given.isEmpty()) {
                throw new CommandException(ExitCode.WRONG_USE, "--parameter needs --query-set.");
            }
            return null;
        }
        QuerySetRequest request = QuerySetRequest.of(querySet);
        for (String parameter : given) {
            request = with(parameter, request);
        }
        return console.isTerminal()
                ? asked(request, querySets.find(querySet, environment).parameters())
                : request;
    }

    private static QuerySetRequest with(String parameter, QuerySetRequest request) {
        int equals = parameter.indexOf('=');
        if (equals < 1) {
            // The argument may be a secret without its name, so the message does not quote it.
            throw new CommandException(
                    ExitCode.WRONG_USE, "Write parameters as --parameter NAME=VALUE. One has no name.");
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
                        ExitCode.REFUSED, "'" + parameter.name() + "' has no value. Nothing has happened.");
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

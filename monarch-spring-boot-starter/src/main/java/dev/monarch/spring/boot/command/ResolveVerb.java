package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

import dev.monarch.migration.Amendment;

/** Says how a migration stands that failed, or was not ended. */
final class ResolveVerb implements EnvironmentVerb {

    private static final String AS = "--as";

    @Override
    public VerbDescription description() {
        List<ArgSpec> arguments = new ArrayList<>(List.of(
                VerbOptions.word(0, "ID", "The migration."),
                VerbOptions.environment(1),
                OptionSpec.builder(AS)
                        .paramLabel("STATE")
                        .type(String.class)
                        .arity("1")
                        .required(true)
                        .description("applied: it is done. pending: it left nothing behind and is to run again.")
                        .build(),
                VerbOptions.flag(VerbOptions.DRY_RUN, "Shows what would be changed, and changes nothing."),
                VerbOptions.reason()));
        arguments.addAll(VerbOptions.ofConfirmation());
        return new VerbDescription(
                "resolve",
                List.of(),
                "Says how a migration stands that failed or was not ended, after a look at the data.",
                arguments,
                List.of(
                        new Example("resolve 2-houses staging --as applied", "It has done its work in truth."),
                        new Example("resolve 2-houses staging --as pending", "The next migrate runs it again.")));
    }

    @Override
    public int environmentAt() {
        return 1;
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) {
        String id = arguments.requiredWord(0);
        String reason = Reason.of(arguments, "resolve");
        String as = String.valueOf(arguments.option(AS));
        Amendment amendment = switch (as) {
            case "applied" -> Amendment.resolveApplied(id, reason);
            case "pending" -> Amendment.resolvePending(id, reason);
            default ->
                throw new CommandException(ExitCode.WRONG_USE, "--as is applied or pending, and not '" + as + "'.");
        };
        InterruptedSwap.endOrTell(arguments, console, beans);
        return new Amending(arguments, console, Beans.migrator(beans)).run(List.of(amendment));
    }
}

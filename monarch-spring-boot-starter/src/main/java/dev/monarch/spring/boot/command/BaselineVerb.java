package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Model.ArgSpec;

import dev.monarch.migration.Amendment;

/** Takes a database as it is: counts everything up to a migration as done. */
final class BaselineVerb implements EnvironmentVerb {

    @Override
    public VerbDescription description() {
        List<ArgSpec> arguments = new ArrayList<>(List.of(
                VerbOptions.word(0, "ID", "The last migration that the database has in it already."),
                VerbOptions.environment(1),
                VerbOptions.flag(VerbOptions.DRY_RUN, "Shows what would be changed, and changes nothing."),
                VerbOptions.reason()));
        arguments.addAll(VerbOptions.ofConfirmation());
        return new VerbDescription(
                "baseline",
                List.of(),
                "Counts everything up to a migration as done: for a database that was there before Monarch.",
                arguments,
                List.of(new Example(
                        "baseline 202611201030-unique-email staging",
                        "What comes behind it is run by the next migrate.")));
    }

    @Override
    public int environmentAt() {
        return 1;
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) {
        Amendment amendment = Amendment.baseline(arguments.requiredWord(0), Reason.of(arguments, "baseline"));
        InterruptedSwap.endOrTell(arguments, console, beans);
        return new Amending(arguments, console, Beans.migrator(beans)).run(List.of(amendment));
    }
}

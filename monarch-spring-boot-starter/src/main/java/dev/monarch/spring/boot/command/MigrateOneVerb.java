package dev.monarch.spring.boot.command;

import java.util.List;

import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.migration.MigrationTarget;

/** Runs one migration, whatever its state. */
final class MigrateOneVerb implements EnvironmentVerb {

    @Override
    public VerbDescription description() {
        return new VerbDescription(
                "migrate-one",
                List.of(),
                "Runs one migration by its id, whatever its state and whatever is pending before it.",
                List.of(
                        VerbOptions.word(0, "ID", "The migration."),
                        VerbOptions.environment(1),
                        VerbOptions.flag(VerbOptions.DRY_RUN, "Shows what would run, and runs nothing.")),
                List.of(new Example(
                        "migrate-one 202611201030-unique-email staging",
                        "Runs it on staging, even if it has run before.")));
    }

    @Override
    public int environmentAt() {
        return 1;
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) {
        List<String> warnings = InterruptedSwap.endOrTell(arguments, beans);
        return new Migrating(arguments, console, Beans.migrator(beans), warnings)
                .run(MigrationTarget.one(arguments.requiredWord(0)));
    }
}

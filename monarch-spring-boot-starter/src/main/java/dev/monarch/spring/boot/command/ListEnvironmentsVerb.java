package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Command;

import dev.monarch.environment.EnvironmentRegistry;

/** Lists the environments with their states. */
@Command(
        name = "list-environments",
        description = "List the environments: host, database, protected, reachable, version, pending.",
        footer = {
            "  monarch list-environments",
            "      An asterisk marks the application's own, a plus sign others that it migrates."
        })
final class ListEnvironmentsVerb extends VerbInContext {

    private final EnvironmentRegistry environments;

    private final ListableBeanFactory beans;

    ListEnvironmentsVerb(EnvironmentRegistry environments, ListableBeanFactory beans) {
        this.environments = environments;
        this.beans = beans;
    }

    @Override
    Report run() {
        String own = environments.own().name();
        List<EnvironmentState> states = EnvironmentStates.of(environments, beans);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ENVIRONMENT", "HOST", "DATABASE", "PROTECTED", "REACHABLE", "VERSION", "PENDING"));
        states.forEach(state -> rows.add(List.of(
                state.name() + mark(state, own),
                or(state.host()),
                or(state.database()),
                or(state.guarded()),
                state.reachable() ? "yes" : "no",
                or(state.version()),
                or(state.pending()))));
        List<String> text = console().table(rows);
        states.stream()
                .filter(state -> state.problem() != null)
                .forEach(state -> text.add(state.name() + ": " + state.problem()));
        return Report.done(
                text, new Document("own", own).append("environments", Report.each(states, EnvironmentState::document)));
    }

    private static String mark(EnvironmentState state, String own) {
        return state.name().equals(own) ? " *" : state.migrated() ? " +" : "";
    }

    private static String or(@Nullable Object value) {
        return Objects.toString(value, "-");
    }
}

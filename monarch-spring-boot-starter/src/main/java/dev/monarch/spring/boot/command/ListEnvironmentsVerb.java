package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.environment.EnvironmentRegistry;

/** Lists the environments, and how each is. */
final class ListEnvironmentsVerb implements Verb.InContext {

    @Override
    public VerbDescription description() {
        return new VerbDescription(
                "list-environments",
                List.of(),
                "Lists the environments: host, database, protected, reachable, version, pending.",
                List.of(),
                List.of(new Example("list-environments", "All of them; the application's own has a star.")));
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) {
        EnvironmentRegistry environments = Beans.environments(beans);
        String own = environments.own().name();
        List<EnvironmentState> states = EnvironmentStates.of(environments, beans);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ENVIRONMENT", "HOST", "DATABASE", "PROTECTED", "REACHABLE", "VERSION", "PENDING"));
        states.forEach(state -> rows.add(List.of(
                state.name() + (state.name().equals(own) ? " *" : ""),
                or(state.host()),
                or(state.database()),
                or(state.guarded()),
                state.reachable() ? "yes" : "no",
                or(state.version()),
                or(state.pending()))));
        List<String> text = new ArrayList<>(Texts.table(rows));
        text.set(0, console.styled("bold", text.get(0)));
        states.stream()
                .filter(state -> state.problem() != null)
                .forEach(state -> text.add(state.name() + ": " + state.problem()));
        return Report.done(
                text,
                new Document("own", own)
                        .append(
                                "environments",
                                states.stream().map(EnvironmentState::document).toList()));
    }

    private static String or(@Nullable Object value) {
        return Objects.toString(value, "-");
    }
}

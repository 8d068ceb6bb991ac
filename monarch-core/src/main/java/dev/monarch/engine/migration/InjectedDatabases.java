package dev.monarch.engine.migration;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.repository.Repository;

/**
 * Finds a path from a migration, through its injected beans, to the application's own database.
 *
 * <p>It cannot see what a bean looks up later, for example through an {@code ObjectProvider}.
 */
final class InjectedDatabases {

    private final ConfigurableBeanFactory beans;

    private InjectedDatabases(ConfigurableBeanFactory beans) {
        this.beans = beans;
    }

    /** Returns the path as a sentence, or nothing if there is none. */
    static Optional<String> reachedFrom(String beanName, String source, ListableBeanFactory beans) {
        ListableBeanFactory holder =
                beans instanceof ConfigurableApplicationContext context ? context.getBeanFactory() : beans;
        return holder instanceof ConfigurableBeanFactory configurable
                ? new InjectedDatabases(configurable).pathFrom(beanName).map(path -> describe(source, path))
                : Optional.empty();
    }

    private static String describe(String source, List<String> path) {
        return "The " + source + " reaches the application's own database through " + String.join(" -> ", path)
                + ", and would write there. Use its MigrationContext instead, or run the command 'migrate' for"
                + " that environment, which connects the whole application to it.";
    }

    private Optional<List<String>> pathFrom(String start) {
        Set<String> seen = new HashSet<>();
        Deque<List<String>> paths = new ArrayDeque<>(List.of(List.of(start)));
        while (!paths.isEmpty()) {
            List<String> path = paths.remove();
            String last = path.get(path.size() - 1);
            if (path.size() > 1 && isBoundToADatabase(last)) {
                return Optional.of(path);
            }
            for (String next : beans.getDependenciesForBean(last)) {
                if (seen.add(next)) {
                    List<String> longer = new ArrayList<>(path);
                    longer.add(next);
                    paths.add(longer);
                }
            }
        }
        return Optional.empty();
    }

    private boolean isBoundToADatabase(String name) {
        Class<?> type = typeOf(name);
        return type != null && (Repository.class.isAssignableFrom(type) || MongoBeanTypes.include(type));
    }

    private @Nullable Class<?> typeOf(String name) {
        return beans.containsBean(name) ? beans.getType(name) : null;
    }
}

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
 * Finds the way from a migration, through what was injected into it, to the application's own database.
 *
 * <p>What a bean looks up later by itself, through an {@code ObjectProvider} say, cannot be seen from outside.
 */
final class InjectedDatabases {

    private final ConfigurableBeanFactory beans;

    private InjectedDatabases(ConfigurableBeanFactory beans) {
        this.beans = beans;
    }

    /** Returns the way as a sentence, or nothing if there is none. */
    static Optional<String> reachedFrom(String beanName, String source, ListableBeanFactory beans) {
        ListableBeanFactory holder =
                beans instanceof ConfigurableApplicationContext context ? context.getBeanFactory() : beans;
        return holder instanceof ConfigurableBeanFactory configurable
                ? new InjectedDatabases(configurable).wayFrom(beanName).map(way -> describe(source, way))
                : Optional.empty();
    }

    private static String describe(String source, List<String> way) {
        return "The " + source + " reaches the application's own database through " + String.join(" -> ", way)
                + ", and would write there: let it use its MigrationContext instead, or run the command 'migrate' for"
                + " that environment, which gives the whole application its connection.";
    }

    private Optional<List<String>> wayFrom(String start) {
        Set<String> seen = new HashSet<>();
        Deque<List<String>> ways = new ArrayDeque<>(List.of(List.of(start)));
        while (!ways.isEmpty()) {
            List<String> way = ways.remove();
            String last = way.get(way.size() - 1);
            if (way.size() > 1 && isBoundToADatabase(last)) {
                return Optional.of(way);
            }
            for (String next : beans.getDependenciesForBean(last)) {
                if (seen.add(next)) {
                    List<String> longer = new ArrayList<>(way);
                    longer.add(next);
                    ways.add(longer);
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

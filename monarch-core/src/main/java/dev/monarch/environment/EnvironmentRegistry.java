package dev.monarch.environment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.monarch.UnknownEnvironmentException;

/**
 * All environments there are: those that are configured, and the application's own.
 *
 * <p>The application's own environment may bear the name of a configured one; it then stands in its place. Safe for use
 * by several threads.
 */
public final class EnvironmentRegistry implements AutoCloseable {

    private final Map<String, MonarchEnvironment> configured = new LinkedHashMap<>();

    private final Supplier<MonarchEnvironment> ownSupplier;

    private @Nullable MonarchEnvironment own;

    /**
     * Creates a registry.
     *
     * @param own gives the application's own environment; asked once, on the first use of the registry
     * @param configured the configured environments, in the order they are to be listed
     */
    public EnvironmentRegistry(Supplier<MonarchEnvironment> own, Collection<MonarchEnvironment> configured) {
        this.ownSupplier = own;
        configured.forEach(environment -> this.configured.put(environment.name(), environment));
    }

    /**
     * Returns the application's own environment.
     *
     * @return the environment of the application's own connection
     */
    public synchronized MonarchEnvironment own() {
        if (own == null) {
            own = ownSupplier.get();
        }
        return own;
    }

    /**
     * Returns an environment by its name.
     *
     * @param name the name, exactly as configured
     * @return the environment
     * @throws UnknownEnvironmentException if there is none of that name; its message lists those there are
     */
    public MonarchEnvironment get(String name) {
        if (own().name().equals(name)) {
            return own();
        }
        MonarchEnvironment environment = configured.get(name);
        if (environment == null) {
            throw new UnknownEnvironmentException(name, names());
        }
        return environment;
    }

    /**
     * Returns the names of all environments.
     *
     * @return the configured ones in their order, with the application's own among them or in front
     */
    public List<String> names() {
        List<String> names = new ArrayList<>(configured.keySet());
        if (!names.contains(own().name())) {
            names.add(0, own().name());
        }
        return List.copyOf(names);
    }

    /** Closes every client that an environment of this registry opened. */
    @Override
    public synchronized void close() {
        configured.values().forEach(MonarchEnvironment::close);
        if (own != null) {
            own.close();
        }
    }
}

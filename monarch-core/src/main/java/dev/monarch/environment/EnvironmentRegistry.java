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
 * The configured environments and the application's own.
 *
 * <p>If the application's own environment has the name of a configured one, it replaces that one. Thread-safe.
 */
public final class EnvironmentRegistry implements AutoCloseable {

    private final Map<String, MonarchEnvironment> configured = new LinkedHashMap<>();

    private final Supplier<MonarchEnvironment> ownSupplier;

    private @Nullable MonarchEnvironment own;

    /**
     * Creates a registry.
     *
     * @param own provides the application's own environment; called once, on the first use of the registry
     * @param configured the configured environments, in the order of {@link #names()}
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
     * @param name the exact name
     * @return the environment
     * @throws UnknownEnvironmentException if there is no environment of that name; its message lists the existing
     *     names
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
     * @return the configured environments in their order; the application's own is first, unless it replaces one of
     *     them
     */
    public List<String> names() {
        List<String> names = new ArrayList<>(configured.keySet());
        if (!names.contains(own().name())) {
            names.add(0, own().name());
        }
        return List.copyOf(names);
    }

    /** Closes all clients that the environments of this registry have opened. */
    @Override
    public synchronized void close() {
        configured.values().forEach(MonarchEnvironment::close);
        if (own != null) {
            own.close();
        }
    }
}

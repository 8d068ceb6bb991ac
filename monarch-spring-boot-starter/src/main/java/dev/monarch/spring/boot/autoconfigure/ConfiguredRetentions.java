package dev.monarch.spring.boot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.monarch.InvalidRequestException;
import dev.monarch.backup.retention.Retention;
import dev.monarch.engine.environment.NearestNames;
import dev.monarch.environment.EnvironmentRegistry;

/** The entries of {@code monarch.backups.retention}. Immutable. */
public final class ConfiguredRetentions {

    static final String PROPERTY = "monarch.backups.retention";

    private static final String ALL_OTHERS = "default";

    private final Map<String, Retention> byEnvironment = new LinkedHashMap<>();

    private final EnvironmentRegistry environments;

    ConfiguredRetentions(Map<String, RetentionProperties> properties, EnvironmentRegistry environments) {
        properties.forEach((name, retention) -> byEnvironment.put(name, retention.toRetention(PROPERTY + "." + name)));
        this.environments = environments;
    }

    /**
     * Returns which backups of an environment are kept.
     *
     * @param environment the environment's name
     * @return its own entry, or else {@code default}; nothing if there is neither
     * @throws InvalidRequestException if {@code default} would apply, but there is an entry for an unknown
     *     environment with a similar name
     */
    public Optional<Retention> of(String environment) {
        Retention own = byEnvironment.get(environment);
        if (own != null) {
            return Optional.of(own);
        }
        requireNothingMisspelt(environment);
        return Optional.ofNullable(byEnvironment.get(ALL_OTHERS));
    }

    private void requireNothingMisspelt(String environment) {
        List<String> ofNobody = byEnvironment.keySet().stream()
                .filter(name ->
                        !name.equals(ALL_OTHERS) && !environments.names().contains(name))
                .toList();
        List<String> meant = NearestNames.to(environment, ofNobody);
        if (!meant.isEmpty()) {
            throw new InvalidRequestException(
                    environment,
                    "prune the backups",
                    List.of(PROPERTY + "." + meant.get(0) + " names no environment; was '" + environment
                            + "' meant? Correct the entry, or remove it."));
        }
    }
}

package dev.monarch.backup;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.monarch.Fact;
import dev.monarch.InvalidEnvironmentException;
import dev.monarch.Reason;
import dev.monarch.engine.UnicodeForm;
import dev.monarch.environment.EnvironmentAddress;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Finds the environments on the server of another environment, by their databases.
 *
 * <p>A database must be an environment, because otherwise it has no configured protection, and no command can end an
 * interrupted swap.
 *
 * @param environments all environments
 * @param on an environment on that server
 */
record ServerEnvironments(EnvironmentRegistry environments, MonarchEnvironment on) {

    /**
     * Finds the environment of a database. If there are several, returns the given one, or else the one with the
     * strongest protection.
     */
    Optional<MonarchEnvironment> of(String database) {
        EnvironmentAddress wanted = new EnvironmentAddress(on.address().hosts(), database);
        if (on.address().isSamePlaceAs(wanted)) {
            return Optional.of(on);
        }
        List<MonarchEnvironment> found = environments.names().stream()
                .map(environments::get)
                .filter(environment -> isAt(environment, wanted))
                .toList();
        return found.stream().max(Comparator.comparing(MonarchEnvironment::exposure));
    }

    private static boolean isAt(MonarchEnvironment environment, EnvironmentAddress wanted) {
        try {
            return environment.address().isSamePlaceAs(wanted);
        } catch (InvalidEnvironmentException e) {
            return false;
        }
    }

    /** Says why a database cannot be restored. */
    Fact refusal(String database) {
        String hosts = String.join(",", on.address().hosts());
        return new Fact(
                Reason.DATABASE_WITHOUT_ENVIRONMENT,
                "No environment is configured for the database '" + database + "' on the server of '" + on.name()
                        + "' (" + hosts
                        + "). Monarch therefore does not know whether it is protected, and could not continue an interrupted swap."
                        + lookalikes(database));
    }

    /** Some file systems and programs change the Unicode form of the names of directories. */
    private String lookalikes(String database) {
        return environments.names().stream()
                .map(environments::get)
                .filter(environment -> looksLike(environment, database))
                .map(environment -> " The database of '" + environment.name()
                        + "' looks the same, but its name has another Unicode form.")
                .collect(Collectors.joining());
    }

    private boolean looksLike(MonarchEnvironment environment, String database) {
        try {
            String own = environment.address().database();
            return UnicodeForm.isSame(own, database)
                    && isAt(environment, new EnvironmentAddress(on.address().hosts(), own));
        } catch (InvalidEnvironmentException e) {
            return false;
        }
    }
}

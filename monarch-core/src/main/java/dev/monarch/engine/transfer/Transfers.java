package dev.monarch.engine.transfer;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.environment.ObservedOperation;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.EnvironmentRegistry.Operation.Kind;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.Pace;
import dev.monarch.transfer.TransferProgress.TransferListener;

/**
 * What the transfers of a service have in common.
 *
 * @param environments their sources and targets; its listener observes them
 * @param defaultPace the pace of requests without one
 */
public record Transfers(EnvironmentRegistry environments, Pace defaultPace) {

    public MonarchEnvironment environment(String name) {
        return environments.get(name);
    }

    /** {@return the pace of one transfer} */
    public TransferPace pace(Pace requested) {
        return TransferPace.of(requested.or(defaultPace));
    }

    /**
     * Creates a transfer.
     *
     * @param kind what it does
     * @param environment the environment that it reads or changes; null if it touches no environment
     * @param subject what it reads; null if it reads the environment
     * @param listener receives the progress
     * @return the transfer, which has not started
     */
    public ObservedTransfer observed(
            Kind kind, @Nullable String environment, @Nullable String subject, TransferListener listener) {
        return new ObservedTransfer(ObservedOperation.in(environments, kind, environment, subject), listener);
    }
}

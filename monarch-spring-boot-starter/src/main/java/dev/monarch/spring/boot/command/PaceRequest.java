package dev.monarch.spring.boot.command;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.monarch.engine.lock.Uninterrupted;
import dev.monarch.engine.transfer.PaceRequests;
import dev.monarch.engine.transfer.PaceRequests.Confirmation;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.Pace;

/**
 * A request to operations of other processes, which look for requests once a second.
 *
 * @param environment an environment that the operations use
 * @param operation the id of the operation, or {@link PaceRequests#ALL}
 * @param pace the new pace
 */
record PaceRequest(MonarchEnvironment environment, String operation, Pace pace) {

    /** One operation ends the wait when it confirms. */
    private static final Duration WAIT_FOR_ONE = Duration.ofSeconds(10);

    /** How many operations there are is not known. */
    private static final Duration WAIT_FOR_ALL = Duration.ofSeconds(3);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    /**
     * Sends the request, waits for confirmations, and withdraws it.
     *
     * @return the operations that have confirmed; empty if another process has replaced the request
     */
    Optional<List<Confirmation>> confirmations() throws InterruptedException {
        PaceRequests requests = new PaceRequests(environment);
        UUID token = requests.send(operation, pace);
        try {
            return confirmations(requests, token);
        } finally {
            Uninterrupted.run(() -> requests.withdraw(operation, token));
        }
    }

    private Optional<List<Confirmation>> confirmations(PaceRequests requests, UUID token) throws InterruptedException {
        boolean all = operation.equals(PaceRequests.ALL);
        long until = System.nanoTime() + (all ? WAIT_FOR_ALL : WAIT_FOR_ONE).toNanos();
        Optional<List<Confirmation>> confirmed = requests.confirmations(operation, token);
        while (confirmed.isPresent() && (all || confirmed.get().isEmpty()) && System.nanoTime() < until) {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
            confirmed = requests.confirmations(operation, token);
        }
        return confirmed;
    }
}

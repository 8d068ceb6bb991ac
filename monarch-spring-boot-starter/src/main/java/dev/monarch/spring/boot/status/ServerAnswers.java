package dev.monarch.spring.boot.status;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.monarch.TransferFailedException;
import dev.monarch.engine.environment.ServerContact;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Checks that servers answer, so that a probe does not wait as long as the driver does, which is 30 s by default.
 *
 * <p>It waits for a server that does not answer only once. Afterwards it relies on the driver, which tries every 10 s to
 * reach the server.
 */
final class ServerAnswers {

    static final Duration LIMIT = Duration.ofSeconds(3);

    /** Why the servers of environments did not answer, by the name of the environment. */
    private final Map<String, TransferFailedException> missing = new ConcurrentHashMap<>();

    /**
     * Returns if the server of an environment answers.
     *
     * @throws TransferFailedException if it does not
     */
    void require(MonarchEnvironment environment) {
        ServerContact server = new ServerContact(environment);
        TransferFailedException known = missing.get(environment.name());
        if (known != null && server.isLost()) {
            throw known;
        }
        try {
            server.ping(LIMIT);
            missing.remove(environment.name());
        } catch (TransferFailedException e) {
            missing.put(environment.name(), e);
            throw e;
        }
    }
}

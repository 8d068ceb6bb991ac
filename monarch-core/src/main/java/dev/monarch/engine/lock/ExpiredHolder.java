package dev.monarch.engine.lock;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.bson.BsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.environment.MonarchEnvironment;

/**
 * Ends the sessions of a holder whose lease has expired, before its lock is taken over.
 *
 * <p>A transaction that it left open blocks the lock document until the server ends it, so no takeover can be written
 * before. An instance belongs to one wait for the lock. It ends each session only once.
 */
final class ExpiredHolder {

    private static final Logger log = LoggerFactory.getLogger(ExpiredHolder.class);

    private final MonarchEnvironment environment;

    private final Set<BsonDocument> ended = new HashSet<>();

    ExpiredHolder(MonarchEnvironment environment) {
        this.environment = environment;
    }

    /** Ends its sessions. If the server does not answer, the next call tries again. */
    void end(LockDocument expired) {
        List<BsonDocument> sessions = expired.sessions().all().stream()
                .filter(session -> !ended.contains(session))
                .toList();
        if (!sessions.isEmpty() && new AbandonedSessions(environment, sessions).kill(this::warn)) {
            ended.addAll(sessions);
        }
    }

    private void warn(String refusal) {
        log.warn(
                "Environment '{}': the server refused to end the sessions of a run whose lease has expired ({}). If that run"
                        + " left a transaction open, Monarch waits until the server ends it, by default within 90 s"
                        + " (transactionLifetimeLimitSeconds)",
                environment.name(),
                refusal);
    }
}

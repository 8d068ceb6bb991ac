package dev.monarch.spring.boot.autoconfigure;

import java.time.Instant;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.LockHeldException;

/** Explains an {@link LockHeldException} that ended a start. */
final class LockHeldFailureAnalyzer extends AbstractFailureAnalyzer<LockHeldException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, LockHeldException cause) {
        if (cause.since().equals(Instant.EPOCH)) {
            return new FailureAnalysis(
                    "An operation of a client that disconnected is still running on the server of environment '"
                            + cause.environment() + "'; waited "
                            + cause.waited().toSeconds() + " s for it.",
                    "Wait until it has ended, or end it (db.currentOp(), db.killOp()), and start again.",
                    cause);
        }
        return new FailureAnalysis(
                "The lock of environment '" + cause.environment() + "' is held by " + cause.host() + " for "
                        + cause.purpose() + " since " + cause.since() + "; waited "
                        + cause.waited().toSeconds() + " s for it.",
                "If that process works, let it finish, or wait longer with monarch.lock.wait. If it is gone, start again: its lease runs out by itself.",
                cause);
    }
}

package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.LockHeldException;

/** Explains an {@link LockHeldException} that ended a start. */
final class LockHeldFailureAnalyzer extends AbstractFailureAnalyzer<LockHeldException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, LockHeldException cause) {
        return new FailureAnalysis(
                "The lock of environment '" + cause.environment() + "' is held by " + cause.host() + " for "
                        + cause.purpose() + " since " + cause.since() + "; waited "
                        + cause.waited().toSeconds() + " s for it.",
                "If that process works, let it finish, or wait longer with monarch.lock.wait. If it is gone, start again: its lease runs out by itself.",
                cause);
    }
}

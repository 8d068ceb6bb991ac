package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.LockLostException;

/** Explains an {@link LockLostException} that ended a start. */
final class LockLostFailureAnalyzer extends AbstractFailureAnalyzer<LockLostException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, LockLostException cause) {
        return new FailureAnalysis(
                "The lock of environment '" + cause.environment() + "' was lost: " + cause.reason() + ".",
                "Nothing more was written to the history. Start again: the next run goes on from what the history says.",
                cause);
    }
}

package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.HistoryWriteException;

/** Explains an {@link HistoryWriteException} that ended a start. */
final class HistoryWriteFailureAnalyzer extends AbstractFailureAnalyzer<HistoryWriteException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, HistoryWriteException cause) {
        return new FailureAnalysis(
                "The history of environment '" + cause.environment() + "' could not be written: migration '"
                        + cause.id() + "' to " + cause.state() + ": " + cause.getCause(),
                "Mend that, and start again: the next run goes on from what the history says.",
                cause);
    }
}

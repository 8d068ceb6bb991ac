package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.TransferFailedException;

/** Explains a {@link TransferFailedException} that ended a start. */
final class TransferFailedFailureAnalyzer extends AbstractFailureAnalyzer<TransferFailedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, TransferFailedException cause) {
        return new FailureAnalysis(
                "Could not " + cause.operation() + " '" + cause.environment() + "': " + cause.reason() + ".",
                "Mend that, and start again. What was to be replaced is as it was.",
                cause);
    }
}

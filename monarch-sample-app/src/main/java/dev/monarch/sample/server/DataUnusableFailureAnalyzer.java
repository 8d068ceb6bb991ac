package dev.monarch.sample.server;

import java.util.Objects;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a {@link DataUnusableException} that ended a start. */
final class DataUnusableFailureAnalyzer extends AbstractFailureAnalyzer<DataUnusableException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DataUnusableException cause) {
        return new FailureAnalysis(Objects.requireNonNull(cause.getMessage()), cause.remedy(), cause);
    }
}

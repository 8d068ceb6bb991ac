package dev.monarch.spring.boot.advice;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a compression of a connection string whose library is missing. */
final class MissingCompressorFailureAnalyzer extends AbstractFailureAnalyzer<NoClassDefFoundError> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoClassDefFoundError cause) {
        return MissingCompressor.advice(cause, "MongoDB")
                .map(advice -> new FailureAnalysis(advice.sentence(), advice.nextStep(), cause))
                .orElse(null);
    }
}

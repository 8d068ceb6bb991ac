package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.InvalidRequestException;

/** Explains an {@link InvalidRequestException} that ended a start. */
final class InvalidRequestFailureAnalyzer extends AbstractFailureAnalyzer<InvalidRequestException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidRequestException cause) {
        return new FailureAnalysis(
                "Cannot " + cause.request() + " on environment '" + cause.environment() + "': "
                        + String.join(" ", cause.problems()),
                "Mend that, or ask for something else. Nothing was done.",
                cause);
    }
}

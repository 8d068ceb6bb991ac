package dev.monarch.spring.boot.advice;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.MonarchException;

/** Explains a {@link MonarchException} that ended the start of an application. */
final class MonarchFailureAnalyzer extends AbstractFailureAnalyzer<MonarchException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MonarchException cause) {
        Advice advice = Advice.ofStart(cause);
        return new FailureAnalysis(advice.sentence(), advice.nextStep(), cause);
    }
}

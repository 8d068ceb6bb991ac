package dev.monarch.spring.boot.advice;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a start on a Spring Boot that Monarch does not support. Spring Boot 3 can load this class. */
final class UnsupportedSpringBootFailureAnalyzer extends AbstractFailureAnalyzer<UnsupportedSpringBootException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnsupportedSpringBootException cause) {
        return new FailureAnalysis(
                "Monarch does not support Spring Boot " + cause.version() + ". It needs Spring Boot 4.0 or later.",
                "Update the application to Spring Boot 4.0 or later, or remove the dependency"
                        + " dev.monarch:monarch-spring-boot-starter.",
                cause);
    }
}

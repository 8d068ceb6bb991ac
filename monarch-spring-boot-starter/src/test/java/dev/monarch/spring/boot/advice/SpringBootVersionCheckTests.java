package dev.monarch.spring.boot.advice;

import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SpringBootVersionCheckTests {

    @ParameterizedTest
    @ValueSource(strings = {"4.0.0", "4.0.9", "4.1.2", "4.2.0-M1", "5.0.0", "10.0.0"})
    void newVersionsAreSupported(String version) {
        assertThatCode(() -> SpringBootVersionCheck.require(version)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.5.7", "3.0.0-RC1", "2.7.18"})
    void oldVersionsAreNotSupported(String version) {
        assertThatExceptionOfType(UnsupportedSpringBootException.class)
                .isThrownBy(() -> SpringBootVersionCheck.require(version))
                .withMessageContaining(version);
    }

    @Test
    void theFailureSaysWhatToDo() {
        FailureAnalysis analysis = Objects.requireNonNull(
                new UnsupportedSpringBootFailureAnalyzer().analyze(new UnsupportedSpringBootException("3.5.7")));

        assertThat(analysis.getDescription())
                .isEqualTo("Monarch does not support Spring Boot 3.5.7. It needs Spring Boot 4.0 or later.");
        assertThat(analysis.getAction())
                .isEqualTo("Update the application to Spring Boot 4.0 or later, or remove the dependency"
                        + " dev.monarch:monarch-spring-boot-starter.");
    }
}

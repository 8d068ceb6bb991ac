package dev.monarch.spring.boot.autoconfigure;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import dev.monarch.InvalidEnvironmentException;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The error of an environment that cannot be used. */
final class Failures {

    private Failures() {}

    static InvalidEnvironmentException of(ThrowingCallable use) {
        return catchThrowableOfType(InvalidEnvironmentException.class, use);
    }
}

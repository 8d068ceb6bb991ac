package dev.monarch.spring.boot.autoconfigure;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import dev.monarch.InvalidEnvironmentException;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What an environment answers that cannot be used. */
final class Failures {

    private Failures() {}

    static InvalidEnvironmentException of(ThrowingCallable use) {
        return catchThrowableOfType(InvalidEnvironmentException.class, use);
    }
}

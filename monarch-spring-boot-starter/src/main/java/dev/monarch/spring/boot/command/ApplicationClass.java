package dev.monarch.spring.boot.command;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** The class below whose package the application's own classes are found. */
final class ApplicationClass {

    private ApplicationClass() {}

    /** The one with {@code @SpringBootApplication}, else the one with the main method, or null if there is neither. */
    static @Nullable Class<?> of(SpringApplication application) {
        return application.getAllSources().stream()
                .filter(Class.class::isInstance)
                .<Class<?>>map(source -> (Class<?>) source)
                .filter(source -> AnnotatedElementUtils.hasAnnotation(source, SpringBootApplication.class))
                .findFirst()
                .orElseGet(application::getMainApplicationClass);
    }
}

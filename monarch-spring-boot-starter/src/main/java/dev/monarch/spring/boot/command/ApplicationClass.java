package dev.monarch.spring.boot.command;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * The class whose package contains the application's own classes.
 *
 * @param type the class with {@code @SpringBootApplication}, or else the one with the main method; null if there is
 *     neither
 */
record ApplicationClass(@Nullable Class<?> type) {

    static ApplicationClass of(SpringApplication application) {
        return new ApplicationClass(classes(application)
                .filter(source -> AnnotatedElementUtils.hasAnnotation(source, SpringBootApplication.class))
                .findFirst()
                .orElseGet(application::getMainApplicationClass));
    }

    static Stream<Class<?>> classes(SpringApplication application) {
        return application.getAllSources().stream()
                .filter(Class.class::isInstance)
                .map(source -> (Class<?>) source);
    }
}

package dev.monarch.spring.boot.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.ConverterNotFoundException;

import dev.monarch.engine.Scrubbed;

/**
 * Explains which property ended the start, and its possible values. While a verb runs, Spring Boot's own explanation is
 * not shown.
 */
final class UnreadableProperty {

    /** Names of properties whose values may be secret. */
    private static final Pattern SECRET =
            Pattern.compile("uri|url|user|password|secret|key|token|credential", Pattern.CASE_INSENSITIVE);

    private UnreadableProperty() {}

    static String explained(BindException failure) {
        ConfigurationProperty property = failure.getProperty();
        if (property == null) {
            return "Cannot read the properties under " + failure.getName() + reason(failure, false) + ".";
        }
        boolean secret = SECRET.matcher(failure.getName().toString()).find();
        return "Cannot read the property " + failure.getName() + origin(property)
                + (secret ? "" : ": it is '" + property.getValue() + "'") + expectation(failure, secret) + ".";
    }

    private static String origin(ConfigurationProperty property) {
        return property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")";
    }

    private static String expectation(BindException failure, boolean secret) {
        Class<?> type = type(failure);
        if (type == null) {
            return reason(failure, secret);
        }
        return type.isEnum()
                ? ", and must be one of " + words(type)
                : ", and cannot be read as " + type.getSimpleName() + reason(failure, secret);
    }

    /** Returns the type to which the value could not be converted, or null if something else failed. */
    private static @Nullable Class<?> type(BindException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ConversionFailedException conversion) {
                return conversion.getTargetType().getType();
            }
            if (cause instanceof ConverterNotFoundException conversion) {
                return conversion.getTargetType().getType();
            }
        }
        return null;
    }

    private static String words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant ->
                        ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }

    /** The original message, which may quote the value. */
    private static String reason(BindException failure, boolean secret) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        if (secret || root == failure) {
            return "";
        }
        String line = Scrubbed.firstLine(root);
        return ": " + (line.endsWith(".") ? line.substring(0, line.length() - 1) : line);
    }
}

package dev.monarch.engine;

import java.time.Duration;
import java.util.Collection;

import org.jspecify.annotations.Nullable;

/** Refuses invalid values. The message has the field and the value. */
public final class Checks {

    private Checks() {}

    /**
     * Refuses a text without characters.
     *
     * @param field the name of the field
     * @param value the text
     * @return the text
     * @throws IllegalArgumentException if it is empty or consists of spaces
     */
    public static String notBlank(String field, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(field + " must not be blank, but is '" + value + "'");
        }
        return value;
    }

    /**
     * Refuses a number that is too small.
     *
     * @param field the name of the field
     * @param value the number
     * @param least the minimum
     * @throws IllegalArgumentException if it is less than that
     */
    public static void atLeast(String field, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(field + " must be at least " + least + ", but is " + value);
        }
    }

    /**
     * Refuses a collection without elements.
     *
     * @param field the name of the field
     * @param values the collection
     * @throws IllegalArgumentException if it is empty
     */
    public static void notEmpty(String field, Collection<?> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(field + " must not be empty");
        }
    }

    /**
     * Refuses an empty text. The name of a collection may consist of spaces.
     *
     * @param field the name of the field
     * @param value the text
     * @throws IllegalArgumentException if it has no characters
     */
    public static void notEmpty(String field, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException(field + " must not be empty");
        }
    }

    /**
     * Requires a duration that is positive.
     *
     * @param field the name of the field
     * @param value the duration
     * @throws IllegalArgumentException if it is zero or negative
     */
    public static void positive(String field, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(field + " must be positive, but is " + value);
        }
    }

    /**
     * Refuses a negative duration.
     *
     * @param field the name of the field
     * @param value the duration; null if it is unknown
     * @throws IllegalArgumentException if it is less than zero
     */
    public static void notNegative(String field, @Nullable Duration value) {
        if (value != null && value.isNegative()) {
            throw new IllegalArgumentException(field + " must not be negative, but is " + value);
        }
    }
}

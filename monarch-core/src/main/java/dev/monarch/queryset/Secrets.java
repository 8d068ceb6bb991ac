package dev.monarch.queryset;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The values that may not be told: those of secret parameters, as they were typed and as the query set sees them.
 *
 * @param texts the values, the longest first
 */
record Secrets(List<String> texts) {

    private static final String HIDDEN = "***";

    Secrets {
        texts = texts.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** Returns the texts in which a parsed value can appear; a list also appears by its elements. */
    static Stream<String> textsOf(@Nullable Object value) {
        if (value == null) {
            return Stream.empty();
        }
        Stream<String> whole = Stream.of(String.valueOf(value));
        return value instanceof Collection<?> elements
                ? Stream.concat(whole, elements.stream().flatMap(Secrets::textsOf))
                : whole;
    }

    /** Takes them out of a text that somebody else wrote. */
    String hiddenIn(String text) {
        String clean = text;
        for (String secret : texts) {
            clean = clean.replace(secret, HIDDEN);
        }
        return clean;
    }

    /** Returns the exception itself if it tells none of them, else one that stands for it and for all its causes. */
    Throwable hiddenIn(Throwable thrown) {
        return isToldBy(thrown, Collections.newSetFromMap(new IdentityHashMap<>()))
                ? new RedactedException(thrown, this)
                : thrown;
    }

    private boolean isToldBy(@Nullable Throwable thrown, Set<Throwable> seen) {
        if (thrown == null || !seen.add(thrown)) {
            return false;
        }
        String text = String.valueOf(thrown);
        return !hiddenIn(text).equals(text)
                || isToldBy(thrown.getCause(), seen)
                || Stream.of(thrown.getSuppressed()).anyMatch(each -> isToldBy(each, seen));
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}

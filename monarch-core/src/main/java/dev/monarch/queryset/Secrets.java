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
 * The values of secret parameters, as given and as parsed, which must not appear in messages.
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

    /** {@return the strings that reveal a parsed value; for a list, also those of its elements} */
    static Stream<String> textsOf(@Nullable Object value) {
        if (value == null) {
            return Stream.empty();
        }
        Stream<String> whole = Stream.of(String.valueOf(value));
        return value instanceof Collection<?> elements
                ? Stream.concat(whole, elements.stream().flatMap(Secrets::textsOf))
                : whole;
    }

    /** {@return a text without the secrets} */
    String redact(String text) {
        String clean = text;
        for (String secret : texts) {
            clean = clean.replace(secret, HIDDEN);
        }
        return clean;
    }

    /** {@return the exception itself if it reveals no secret, otherwise a redacted one} */
    Throwable redact(Throwable thrown) {
        return isRevealedBy(thrown, Collections.newSetFromMap(new IdentityHashMap<>()))
                ? new RedactedException(thrown, this)
                : thrown;
    }

    private boolean isRevealedBy(@Nullable Throwable thrown, Set<Throwable> seen) {
        if (thrown == null || !seen.add(thrown)) {
            return false;
        }
        String text = String.valueOf(thrown);
        return !redact(text).equals(text)
                || isRevealedBy(thrown.getCause(), seen)
                || Stream.of(thrown.getSuppressed()).anyMatch(each -> isRevealedBy(each, seen));
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}

package dev.monarch.test;

import java.util.Arrays;
import java.util.List;

/**
 * A server version, compared number by number. A suffix after a dash ("5.0.0-rc4") does not count.
 *
 * @param numbers the numbers, most significant first
 * @param text the version as the server writes it
 */
record Version(List<Integer> numbers, String text) implements Comparable<Version> {

    Version {
        numbers = List.copyOf(numbers);
    }

    static Version of(String text) {
        try {
            String release = text.strip().split("-", 2)[0];
            return new Version(
                    Arrays.stream(release.split("\\.", -1))
                            .map(Integer::valueOf)
                            .toList(),
                    text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no version; write it like \"5.0\"", e);
        }
    }

    /** {@code "5"}, {@code "5.0"} and {@code "5.0.0"} are equal in this order, unlike in {@link #equals}. */
    @Override
    public int compareTo(Version other) {
        for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
            int order = Integer.compare(number(i), other.number(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private int number(int index) {
        return index < numbers.size() ? numbers.get(index) : 0;
    }

    @Override
    public String toString() {
        return text;
    }
}

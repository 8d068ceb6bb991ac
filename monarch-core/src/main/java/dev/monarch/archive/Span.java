package dev.monarch.archive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A stretch of bytes.
 *
 * @param offset where it begins
 * @param length how long it is
 */
public record Span(long offset, long length) {

    /**
     * Joins stretches that touch.
     *
     * @param spans stretches that do not overlap
     * @return them in their order, with those that touch made one
     */
    public static List<Span> joined(List<Span> spans) {
        List<Span> joined = new ArrayList<>();
        for (Span span :
                spans.stream().sorted(Comparator.comparing(Span::offset)).toList()) {
            Span last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && last.offset + last.length == span.offset) {
                joined.set(joined.size() - 1, new Span(last.offset, last.length + span.length));
            } else {
                joined.add(span);
            }
        }
        return joined;
    }
}

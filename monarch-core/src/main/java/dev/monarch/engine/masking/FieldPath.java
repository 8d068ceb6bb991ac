package dev.monarch.engine.masking;

import java.util.List;

/** Where values stand in documents, and in documents of arrays: names, from the outermost on. */
record FieldPath(List<String> names) {

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException if it is one that no field can have
     */
    static FieldPath of(String path) {
        List<String> names = List.of(path.split("\\.", -1));
        if (names.stream().anyMatch(String::isEmpty) || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("'" + path
                    + "' is no path of a field: it is to be names with dots between, such as address.street.");
        }
        return new FieldPath(names);
    }

    /** Tells whether one of both lies within the other, or is it. */
    boolean overlaps(FieldPath other) {
        int common = Math.min(names.size(), other.names.size());
        return names.subList(0, common).equals(other.names.subList(0, common));
    }

    @Override
    public String toString() {
        return String.join(".", names);
    }
}

package dev.monarch.engine.masking;

import java.util.List;

/** The path to a field through documents and arrays: field names, the outermost first. */
record FieldPath(List<String> names) {

    /**
     * Parses a path.
     *
     * @throws IllegalArgumentException if no field can have this path
     */
    static FieldPath of(String path) {
        List<String> names = List.of(path.split("\\.", -1));
        if (names.stream().anyMatch(String::isEmpty) || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "'" + path + "' is not a field path: use field names separated by dots, such as address.street.");
        }
        return new FieldPath(names);
    }

    /** {@return whether the paths are equal, or one contains the other} */
    boolean overlaps(FieldPath other) {
        int common = Math.min(names.size(), other.names.size());
        return names.subList(0, common).equals(other.names.subList(0, common));
    }

    @Override
    public String toString() {
        return String.join(".", names);
    }
}

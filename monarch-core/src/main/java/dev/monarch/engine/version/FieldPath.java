package dev.monarch.engine.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The path to a field of a document, through embedded documents and not through arrays. The names are separate, because a
 * name may contain a dot.
 *
 * @param names the names from the outermost to the field, at least one
 */
record FieldPath(List<String> names) {

    FieldPath {
        names = List.copyOf(names);
    }

    static FieldPath of(String name) {
        return new FieldPath(List.of(name));
    }

    FieldPath child(String name) {
        List<String> longer = new ArrayList<>(names);
        longer.add(name);
        return new FieldPath(longer);
    }

    /** Reads a path as {@link #stored} returns it. */
    @Nullable
    static FieldPath read(@Nullable Object stored) {
        if (stored instanceof String name) {
            return of(name);
        }
        if (stored instanceof List<?> names
                && !names.isEmpty()
                && names.stream().allMatch(String.class::isInstance)) {
            return new FieldPath(names.stream().map(String.class::cast).toList());
        }
        return null;
    }

    /** {@return the name of a field of the document itself, or the list of names of an embedded field} */
    Object stored() {
        return names.size() == 1 ? names.get(0) : names;
    }

    boolean isIn(Document document) {
        Map<String, Object> parent = parent(document);
        return parent != null && parent.containsKey(last());
    }

    @Nullable
    Object valueIn(Document document) {
        Map<String, Object> parent = parent(document);
        return parent == null ? null : parent.get(last());
    }

    void removeFrom(Document document) {
        Map<String, Object> parent = parent(document);
        if (parent != null) {
            parent.remove(last());
        }
    }

    /** Sets the value if the embedded document exists. A path never leads into one that does not. */
    void put(Document document, @Nullable Object value) {
        Map<String, Object> parent = parent(document);
        if (parent != null) {
            parent.put(last(), value);
        }
    }

    /** {@return whether one of the paths leads to the other, or both are the same} */
    boolean overlaps(FieldPath other) {
        int common = Math.min(names.size(), other.names.size());
        return names.subList(0, common).equals(other.names.subList(0, common));
    }

    private String last() {
        return names.get(names.size() - 1);
    }

    private @Nullable Map<String, Object> parent(Document document) {
        Map<String, Object> at = document;
        for (String name : names.subList(0, names.size() - 1)) {
            if (!(at.get(name) instanceof Document next)) {
                return null;
            }
            at = next;
        }
        return at;
    }

    @Override
    public String toString() {
        return String.join(".", names);
    }
}

package dev.monarch.engine.backfill;

import java.util.List;
import java.util.regex.Pattern;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;

/**
 * A path with dots, which {@code $set} and {@code $unset} follow through documents and elements of arrays.
 *
 * @param names the names of fields and the indexes of elements
 */
record ChangedPath(List<String> names) {

    /** A server adds at most 1,500,000 elements to an array. */
    private static final Pattern INDEX = Pattern.compile("0|[1-9]\\d{0,5}");

    static ChangedPath of(String path) {
        return new ChangedPath(List.of(path.split("\\.", -1)));
    }

    private boolean isLast() {
        return names.size() == 1;
    }

    private String name() {
        return names.get(0);
    }

    private ChangedPath rest() {
        return new ChangedPath(names.subList(1, names.size()));
    }

    /** Sets a value as {@code $set} does. Returns false if the server rejects that. */
    boolean set(BsonValue parent, BsonValue value) {
        if (parent instanceof BsonDocument document) {
            if (isLast()) {
                document.put(name(), value);
                return true;
            }
            return rest().set(document.computeIfAbsent(name(), absent -> new BsonDocument()), value);
        }
        return parent instanceof BsonArray array && INDEX.matcher(name()).matches() && setElement(array, value);
    }

    private boolean setElement(BsonArray array, BsonValue value) {
        int index = Integer.parseInt(name());
        boolean exists = index < array.size();
        while (array.size() <= index) {
            array.add(BsonNull.VALUE);
        }
        if (isLast()) {
            array.set(index, value);
            return true;
        }
        if (!exists) {
            array.set(index, new BsonDocument());
        }
        return rest().set(array.get(index), value);
    }

    /** Removes a value as {@code $unset} does: an element of an array becomes null. */
    void remove(BsonValue parent) {
        if (parent instanceof BsonDocument document) {
            if (isLast()) {
                document.remove(name());
            } else if (document.containsKey(name())) {
                rest().remove(document.get(name()));
            }
        } else if (parent instanceof BsonArray array
                && INDEX.matcher(name()).matches()
                && Integer.parseInt(name()) < array.size()) {
            int index = Integer.parseInt(name());
            if (isLast()) {
                array.set(index, BsonNull.VALUE);
            } else {
                rest().remove(array.get(index));
            }
        }
    }
}

package dev.monarch.engine.original;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A place in a document with numbers, or the same place in every element of an array.
 *
 * <p>The expression and {@link #types} must return the same for equal values: the name of a type, a list for the elements of an
 * array, and a list of these for a place that needs several.
 */
final class NumberPlace {

    /** The server limits how deep a command is. Numbers in more arrays than these are left out. */
    private static final int MOST_ARRAYS = 10;

    private final int arrays;

    private final Map<String, NumberPlace> fields = new LinkedHashMap<>();

    private @Nullable NumberPlace elements;

    private boolean hasNumber;

    private boolean hasArray;

    NumberPlace() {
        this(0);
    }

    private NumberPlace(int arrays) {
        this.arrays = arrays;
    }

    /** Adds a value that stands at this place. Returns how many numbers it contains. */
    int add(BsonValue value) {
        int numbers = 0;
        if (value.isNumber()) {
            hasNumber = true;
            numbers = 1;
        } else if (value.isDocument()) {
            for (Map.Entry<String, BsonValue> field : value.asDocument().entrySet()) {
                numbers += fields.computeIfAbsent(field.getKey(), name -> new NumberPlace(arrays))
                        .add(field.getValue());
            }
        } else if (value.isArray()) {
            hasArray = true;
            NumberPlace inside = elements == null ? new NumberPlace(arrays + 1) : elements;
            for (BsonValue element : value.asArray()) {
                numbers += inside.add(element);
            }
            elements = inside;
        }
        return numbers;
    }

    /** Removes what has no numbers, or is in too many arrays. */
    void prune() {
        fields.values().forEach(NumberPlace::prune);
        fields.values().removeIf(NumberPlace::isEmpty);
        if (elements != null) {
            elements.prune();
            elements = elements.isEmpty() || elements.arrays > MOST_ARRAYS ? null : elements;
        }
    }

    private boolean isEmpty() {
        return !hasNumber && fields.isEmpty() && elements == null;
    }

    /**
     * Returns an expression for the types at this place.
     *
     * @param value an expression for the value
     */
    BsonValue expression(BsonValue value) {
        BsonArray parts = new BsonArray();
        if (hasNumber) {
            parts.add(new BsonDocument("$type", value));
        }
        fields.forEach((name, field) -> parts.add(field.expression(field(name, value))));
        if (elements != null) {
            String element = "e" + arrays;
            parts.add(new BsonDocument(
                    "$map",
                    new BsonDocument(
                                    "input",
                                    conditional(new BsonDocument("$isArray", list(value)), value, new BsonArray()))
                            .append("as", new BsonString(element))
                            .append("in", elements.expression(new BsonString("$$" + element)))));
        }
        return single(parts);
    }

    private BsonValue field(String name, BsonValue value) {
        if (isPath(name, value.isString())) {
            return new BsonString(value.asString().getValue() + "." + name);
        }
        return new BsonDocument(
                "$getField",
                new BsonDocument("field", literal(new BsonString(name))).append("input", documentOrNone(value)));
    }

    /** Older servers refuse to get a field of another value. */
    private static BsonDocument documentOrNone(BsonValue value) {
        BsonDocument isDocument =
                new BsonDocument("$eq", list(new BsonDocument("$type", value), new BsonString("object")));
        return conditional(isDocument, value, literal(new BsonDocument()));
    }

    /**
     * Tells whether a path leads to a field. It cannot have names with dots, or with a dollar sign at the beginning. Through an
     * array, it would lead to the fields of all its elements.
     */
    private boolean isPath(String name, boolean path) {
        return path && !hasArray && !name.isEmpty() && !name.startsWith("$") && name.indexOf('.') < 0;
    }

    private static BsonDocument conditional(BsonValue condition, BsonValue then, BsonValue otherwise) {
        return new BsonDocument("$cond", list(condition, then, otherwise));
    }

    private static BsonDocument literal(BsonValue value) {
        return new BsonDocument("$literal", value);
    }

    private static BsonArray list(BsonValue... values) {
        return new BsonArray(Arrays.asList(values));
    }

    private static BsonValue single(BsonArray parts) {
        return parts.size() == 1 ? parts.get(0) : parts;
    }

    /**
     * Returns the types at this place.
     *
     * @param value the value; null if there is none
     */
    BsonValue types(@Nullable BsonValue value) {
        BsonArray parts = new BsonArray();
        if (hasNumber) {
            parts.add(new BsonString(TypeName.of(value)));
        }
        fields.forEach((name, field) -> {
            BsonValue inside =
                    value != null && value.isDocument() ? value.asDocument().get(name) : null;
            parts.add(field.types(inside));
        });
        if (elements != null) {
            BsonArray each = new BsonArray();
            if (value != null && value.isArray()) {
                for (BsonValue element : value.asArray()) {
                    each.add(elements.types(element));
                }
            }
            parts.add(each);
        }
        return single(parts);
    }
}

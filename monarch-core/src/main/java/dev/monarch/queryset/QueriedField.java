package dev.monarch.queryset;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonType;
import org.bson.BsonValue;

/** A field path, and the values of the field in a document by the rules of MongoDB's queries. */
record QueriedField(List<String> parts) {

    private static final String ID = "_id";

    private static final Pattern POSITION = Pattern.compile("\\d{1,9}");

    /** Null and undefined mean no reference. In {@code $in}, a regular expression matches other values. */
    private static final Set<BsonType> NOT_FOLLOWED =
            Set.of(BsonType.NULL, BsonType.UNDEFINED, BsonType.REGULAR_EXPRESSION);

    static QueriedField of(String path) {
        return new QueriedField(List.of(path.split("\\.", -1)));
    }

    void forEachValue(BsonDocument document, Consumer<BsonValue> consumer) {
        visit(document, parts, consumer);
    }

    private static void visit(BsonValue value, List<String> left, Consumer<BsonValue> consumer) {
        if (left.isEmpty()) {
            accept(value, consumer);
        } else if (value.isDocument()) {
            visitField(value.asDocument(), left, consumer);
        } else if (value.isArray()) {
            visitElements(value.asArray(), left, consumer);
        }
    }

    private static void accept(BsonValue value, Consumer<BsonValue> consumer) {
        List<? extends BsonValue> values = value.isArray() ? value.asArray() : List.of(value);
        for (BsonValue each : values) {
            if (!NOT_FOLLOWED.contains(each.getBsonType())) {
                consumer.accept(each);
            }
        }
    }

    private static void visitField(BsonDocument document, List<String> left, Consumer<BsonValue> consumer) {
        BsonValue field = document.get(left.get(0));
        if (field != null) {
            visit(field, left.subList(1, left.size()), consumer);
        }
    }

    /** A number can be an array index, or the name of a field in the documents of the array. */
    private static void visitElements(BsonArray array, List<String> left, Consumer<BsonValue> consumer) {
        if (POSITION.matcher(left.get(0)).matches()) {
            array.stream()
                    .skip(Integer.parseInt(left.get(0)))
                    .findFirst()
                    .ifPresent(element -> visit(element, left.subList(1, left.size()), consumer));
        }
        for (BsonValue element : array) {
            if (element.isDocument()) {
                visit(element, left, consumer);
            }
        }
    }

    /**
     * Returns a projection for {@code find} that includes some fields.
     *
     * @param withId whether to include the {@code _id}
     */
    static BsonDocument projection(boolean withId, Collection<QueriedField> paths) {
        Set<String> fields =
                paths.stream().map(QueriedField::projected).collect(Collectors.toCollection(LinkedHashSet::new));
        if (withId) {
            fields.add(ID);
        }
        BsonDocument projection = new BsonDocument();
        for (String field : fields) {
            // The server refuses a field together with one inside it.
            if (fields.stream().noneMatch(other -> field.startsWith(other + "."))) {
                projection.append(field, new BsonInt32(1));
            }
        }
        if (fields.stream().noneMatch(field -> field.equals(ID) || field.startsWith(ID + "."))) {
            projection.append(ID, new BsonInt32(0));
        }
        return projection;
    }

    /**
     * {@return the path up to the first part that projections interpret differently from queries: an array index or a
     * part of a DBRef}
     */
    private String projected() {
        return parts.stream()
                .takeWhile(
                        part -> !part.startsWith("$") && !POSITION.matcher(part).matches())
                .collect(Collectors.joining("."));
    }

    @Override
    public String toString() {
        return String.join(".", parts);
    }
}

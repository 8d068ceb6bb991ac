package dev.monarch.engine.original;

import java.util.EnumMap;
import java.util.Map;

import org.bson.BsonType;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** The names of types, as the operator {@code $type} returns them. */
final class TypeName {

    private static final Map<BsonType, String> NAMES = new EnumMap<>(Map.ofEntries(
            Map.entry(BsonType.DOUBLE, "double"),
            Map.entry(BsonType.STRING, "string"),
            Map.entry(BsonType.DOCUMENT, "object"),
            Map.entry(BsonType.ARRAY, "array"),
            Map.entry(BsonType.BINARY, "binData"),
            Map.entry(BsonType.UNDEFINED, "undefined"),
            Map.entry(BsonType.OBJECT_ID, "objectId"),
            Map.entry(BsonType.BOOLEAN, "bool"),
            Map.entry(BsonType.DATE_TIME, "date"),
            Map.entry(BsonType.NULL, "null"),
            Map.entry(BsonType.REGULAR_EXPRESSION, "regex"),
            Map.entry(BsonType.DB_POINTER, "dbPointer"),
            Map.entry(BsonType.JAVASCRIPT, "javascript"),
            Map.entry(BsonType.SYMBOL, "symbol"),
            Map.entry(BsonType.JAVASCRIPT_WITH_SCOPE, "javascriptWithScope"),
            Map.entry(BsonType.INT32, "int"),
            Map.entry(BsonType.TIMESTAMP, "timestamp"),
            Map.entry(BsonType.INT64, "long"),
            Map.entry(BsonType.DECIMAL128, "decimal"),
            Map.entry(BsonType.MIN_KEY, "minKey"),
            Map.entry(BsonType.MAX_KEY, "maxKey")));

    private TypeName() {}

    static String of(@Nullable BsonValue value) {
        return value == null ? "missing" : NAMES.getOrDefault(value.getBsonType(), "missing");
    }
}

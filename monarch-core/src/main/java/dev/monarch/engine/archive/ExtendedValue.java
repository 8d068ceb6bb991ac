package dev.monarch.engine.archive;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDbPointer;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Converts JSON objects to BSON values by the rules of mongorestore's parser.
 *
 * @param oldDates whether to accept dates as strings or numbers, which tools before 100.0 wrote and mongorestore
 *     refuses
 */
record ExtendedValue(boolean oldDates) {

    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX]")
            .toFormatter(Locale.ROOT);

    private static final Set<String> OF_BINARY = Set.of("base64", "subType");

    private static final Set<String> OF_EXPRESSION = Set.of("pattern", "options");

    private static final Set<String> OF_POINTER = Set.of("$ref", "$id");

    private static final Set<String> OF_TIMESTAMP = Set.of("t", "i");

    /** Converts an object to a document, whatever its keys are. */
    BsonDocument document(BsonDocument json) {
        BsonDocument document = new BsonDocument();
        json.forEach((key, value) -> document.put(key, value(value)));
        return document;
    }

    private BsonValue value(BsonValue json) {
        if (json instanceof BsonArray array) {
            return new BsonArray(array.stream().map(this::value).toList());
        }
        if (!(json instanceof BsonDocument object)) {
            return json;
        }
        BsonValue extended = object.isEmpty() ? null : extended(object, object.getFirstKey());
        return extended == null ? document(object) : extended;
    }

    private @Nullable BsonValue extended(BsonDocument object, String key) {
        return switch (key) {
            case "$numberInt" -> new BsonInt32(Integer.parseInt(onlyText(object, key)));
            case "$numberLong" -> new BsonInt64(Long.parseLong(onlyText(object, key)));
            case "$numberDouble" -> new BsonDouble(Double.parseDouble(onlyText(object, key)));
            case "$numberDecimal" -> new BsonDecimal128(Decimal128.parse(onlyText(object, key)));
            case "$oid" -> new BsonObjectId(new ObjectId(onlyText(object, key)));
            case "$symbol" -> new BsonSymbol(onlyText(object, key));
            case "$date" -> date(only(object, key));
            case "$binary" -> binary(object);
            case "$uuid" -> uuid(only(object, key));
            case "$timestamp" -> timestamp(fields(only(object, key), OF_TIMESTAMP));
            case "$regularExpression" -> expression(fields(only(object, key), OF_EXPRESSION));
            case "$dbPointer" -> pointer(fields(only(object, key), OF_POINTER));
            case "$code" -> code(object);
            case "$scope" -> throw new IllegalArgumentException("$scope must follow $code");
            case "$minKey" -> one(only(object, key), new BsonMinKey());
            case "$maxKey" -> one(only(object, key), new BsonMaxKey());
            case "$undefined" -> undefined(only(object, key));
            default -> null;
        };
    }

    private static BsonValue only(BsonDocument object, String key) {
        BsonValue value = object.get(key);
        if (value == null || object.size() != 1) {
            throw new IllegalArgumentException(key + " must be the only key");
        }
        return value;
    }

    private static String onlyText(BsonDocument object, String key) {
        return text(only(object, key));
    }

    private static String text(@Nullable BsonValue value) {
        if (value instanceof BsonString string) {
            return string.getValue();
        }
        throw new IllegalArgumentException(value + " must be a string");
    }

    private static BsonDocument fields(BsonValue value, Set<String> names) {
        if (value instanceof BsonDocument object && object.keySet().equals(names)) {
            return object;
        }
        throw new IllegalArgumentException(value + " must be an object with " + names);
    }

    private BsonValue date(BsonValue value) {
        if (value instanceof BsonDocument object) {
            return new BsonDateTime(Long.parseLong(onlyText(object, "$numberLong")));
        }
        if (!oldDates) {
            throw new IllegalArgumentException("$date must have $numberLong");
        }
        return value.isNumber()
                ? new BsonDateTime(value.asNumber().longValue())
                : new BsonDateTime(
                        OffsetDateTime.parse(text(value), DATE).toInstant().toEpochMilli());
    }

    private static BsonValue binary(BsonDocument object) {
        if (object.get("$binary") instanceof BsonString bytes) {
            // As tools before 100.0 wrote it.
            fields(object, Set.of("$binary", "$type"));
            return binary(bytes, object.get("$type"));
        }
        BsonDocument binary = fields(only(object, "$binary"), OF_BINARY);
        return binary(binary.get("base64"), binary.get("subType"));
    }

    private static BsonValue binary(@Nullable BsonValue bytes, @Nullable BsonValue type) {
        int number = Integer.parseInt(text(type), 16);
        if (number < 0 || number > 255) {
            throw new IllegalArgumentException("There is no subtype " + text(type));
        }
        return new BsonBinary((byte) number, Base64.getDecoder().decode(text(bytes)));
    }

    private static BsonValue uuid(BsonValue value) {
        if (value instanceof BsonDocument object) {
            return binary(new BsonDocument("$binary", object));
        }
        String text = text(value);
        if (text.length() != 36) {
            throw new IllegalArgumentException(text + " is not a UUID");
        }
        return new BsonBinary(UUID.fromString(text));
    }

    private static BsonValue timestamp(BsonDocument fields) {
        return new BsonTimestamp(unsigned(fields.get("t")), unsigned(fields.get("i")));
    }

    private static int unsigned(@Nullable BsonValue value) {
        if (value instanceof BsonInt32 || value instanceof BsonInt64) {
            return Integer.parseUnsignedInt(Long.toString(value.asNumber().longValue()));
        }
        throw new IllegalArgumentException(value + " must be a number");
    }

    private static BsonValue expression(BsonDocument fields) {
        return new BsonRegularExpression(text(fields.get("pattern")), text(fields.get("options")));
    }

    private static BsonValue pointer(BsonDocument fields) {
        BsonValue id = fields.get("$id");
        return new BsonDbPointer(
                text(fields.get("$ref")),
                new ObjectId(id instanceof BsonDocument object ? onlyText(object, "$oid") : text(id)));
    }

    private BsonValue code(BsonDocument object) {
        String code = text(object.get("$code"));
        if (object.size() == 1) {
            return new BsonJavaScript(code);
        }
        if (object.size() == 2 && object.get("$scope") instanceof BsonDocument scope) {
            return new BsonJavaScriptWithScope(code, document(scope));
        }
        throw new IllegalArgumentException("$code may have a $scope and no other key");
    }

    private static BsonValue one(BsonValue value, BsonValue result) {
        if (value instanceof BsonInt32 number && number.getValue() == 1) {
            return result;
        }
        throw new IllegalArgumentException(value + " must be 1");
    }

    private static BsonValue undefined(BsonValue value) {
        if (value.equals(BsonBoolean.TRUE)) {
            return new BsonUndefined();
        }
        throw new IllegalArgumentException(value + " must be true");
    }
}

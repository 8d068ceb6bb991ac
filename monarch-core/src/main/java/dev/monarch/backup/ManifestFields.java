package dev.monarch.backup;

import java.util.List;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object, which may be invalid. Exceptions name the invalid field. */
record ManifestFields(BsonDocument document) {

    String text(String name) {
        return required(name, optionalText(name));
    }

    @Nullable
    String optionalText(String name) {
        BsonValue value = document.get(name);
        return value != null && value.isString() ? value.asString().getValue() : null;
    }

    long number(String name) {
        return required(name, optionalNumber(name));
    }

    @Nullable
    Long optionalNumber(String name) {
        BsonValue value = document.get(name);
        return value != null && value.isNumber() ? value.asNumber().longValue() : null;
    }

    boolean flag(String name) {
        return required(name, optionalFlag(name));
    }

    @Nullable
    Boolean optionalFlag(String name) {
        BsonValue value = document.get(name);
        return value != null && value.isBoolean() ? value.asBoolean().getValue() : null;
    }

    ManifestFields object(String name) {
        return required(name, optionalObject(name));
    }

    @Nullable
    ManifestFields optionalObject(String name) {
        BsonValue value = document.get(name);
        return value != null && value.isDocument() ? new ManifestFields(value.asDocument()) : null;
    }

    BsonArray array(String name) {
        BsonValue value = document.get(name);
        return required(name, value != null && value.isArray() ? value.asArray() : null);
    }

    List<ManifestFields> objects(String name) {
        return array(name).stream()
                .map(value -> new ManifestFields(value.asDocument()))
                .toList();
    }

    List<String> texts(String name) {
        return required(name, optionalTexts(name));
    }

    @Nullable
    List<String> optionalTexts(String name) {
        BsonValue value = document.get(name);
        return value != null && value.isArray()
                ? value.asArray().stream()
                        .map(text -> text.asString().getValue())
                        .toList()
                : null;
    }

    @Nullable
    BsonTimestamp time(String name) {
        ManifestFields time = optionalObject(name);
        return time == null ? null : new BsonTimestamp((int) time.number("seconds"), (int) time.number("increment"));
    }

    static IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("its field '" + name + "' is missing or invalid");
    }

    private static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw missing(name);
        }
        return value;
    }
}

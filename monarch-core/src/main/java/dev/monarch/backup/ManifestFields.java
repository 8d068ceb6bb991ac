package dev.monarch.backup;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

import dev.monarch.transfer.Consistency;
import dev.monarch.transfer.ReadReport;

/** The fields of a JSON object that somebody else may have changed: each is there and what it has to be, or is named. */
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
        BsonValue value = document.get(name);
        return required(
                name, value != null && value.isNumber() ? value.asNumber().longValue() : null);
    }

    boolean flag(String name) {
        BsonValue value = document.get(name);
        return required(
                name, value != null && value.isBoolean() ? value.asBoolean().getValue() : null);
    }

    Instant instant(String name) {
        return Instant.parse(text(name));
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
        return array(name).stream().map(value -> value.asString().getValue()).toList();
    }

    @Nullable
    BsonTimestamp time(String name) {
        ManifestFields time = optionalObject(name);
        return time == null ? null : new BsonTimestamp((int) time.number("seconds"), (int) time.number("increment"));
    }

    Consistency asked(String name) {
        return Consistency.valueOf(text(name).toUpperCase(Locale.ROOT));
    }

    ReadReport.Had had(String name) {
        String had = text(name);
        return required(
                name,
                Stream.of(ReadReport.Had.values())
                        .filter(value -> value.toString().equals(had))
                        .findFirst()
                        .orElse(null));
    }

    private static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("its field '" + name + "' is missing, or is not what it has to be");
        }
        return value;
    }
}

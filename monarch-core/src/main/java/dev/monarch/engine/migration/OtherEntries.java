package dev.monarch.engine.migration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Reads the documents of another tool's history. */
final class OtherEntries {

    private static final int MOST_PROBLEMS = 20;

    private final HistoryFormat format;

    private final String collection;

    private final List<OtherEntry> all = new ArrayList<>();

    private final List<String> problems = new ArrayList<>();

    private int documents;

    OtherEntries(HistoryFormat format, String collection) {
        this.format = format;
        this.collection = collection;
    }

    void readAll(List<BsonDocument> read) {
        read.forEach(document -> read(document, null));
    }

    /** Reads documents of which the caller knows that they say that the migration is not applied. */
    void readPending(List<BsonDocument> read) {
        read.forEach(document -> read(document, OtherState.PENDING));
    }

    List<OtherEntry> all() {
        return all;
    }

    List<String> problems() {
        if (documents == 0) {
            return List.of("The collection '" + collection + "' is missing or empty: it has no history of "
                    + format.name() + ".");
        }
        if (problems.size() > MOST_PROBLEMS) {
            List<String> first = new ArrayList<>(problems.subList(0, MOST_PROBLEMS));
            first.add("There are " + (problems.size() - MOST_PROBLEMS) + " more such documents.");
            return first;
        }
        return problems;
    }

    private void read(BsonDocument document, @Nullable OtherState known) {
        documents++;
        if (format.internal().test(document)) {
            return;
        }
        Optional<String> id = value(document, format.fields().ids())
                .flatMap(OtherEntries::text)
                .filter(text -> !text.isBlank());
        if (id.isEmpty()) {
            problems.add(place(document) + " has no id in the field '"
                    + String.join("' or '", format.fields().ids()) + "'.");
            return;
        }
        Optional<BsonValue> written = value(document, format.fields().states());
        Optional<String> stated = written.map(value -> text(value).orElseGet(() -> json(value)));
        String word = stated.map(text -> text.toUpperCase(Locale.ROOT)).orElse("");
        if (HistoryFormat.SAY_NOTHING.contains(word)) {
            return;
        }
        OtherState state = known != null
                ? known
                : stated.isEmpty()
                        ? OtherState.APPLIED
                        : format.states().meanings().get(word);
        if (state == null) {
            problems.add(place(document) + " has the state '" + stated.orElse("") + "', which Monarch does not know.");
            return;
        }
        all.add(new OtherEntry(
                id.get(),
                value(document, List.of("author")).flatMap(OtherEntries::text).orElse(""),
                state,
                time(document),
                OtherTime.ofInsertion(document),
                stated.orElse(state == OtherState.APPLIED ? "applied" : "not applied")));
    }

    private String place(BsonDocument document) {
        return "The document with _id " + shown(document.get("_id", BsonNull.VALUE)) + " in '" + collection + "'";
    }

    private static String shown(BsonValue id) {
        return id.isObjectId() ? id.asObjectId().getValue().toHexString() : new BsonDocument("_id", id).toJson();
    }

    private static String json(BsonValue value) {
        String json = new BsonDocument("v", value).toJson();
        return json.substring(json.indexOf(':') + 2, json.length() - 1);
    }

    private @Nullable Instant time(BsonDocument document) {
        return value(document, format.fields().times()).map(OtherTime::of).orElse(null);
    }

    /** Tools for databases with numbered migrations keep numbers. The shell writes them as doubles. */
    private static Optional<String> text(BsonValue value) {
        if (value.isString()) {
            return Optional.of(value.asString().getValue());
        }
        if (value.isInt32() || value.isInt64()) {
            return Optional.of(Long.toString(value.asNumber().longValue()));
        }
        if (value.isDouble() && value.asDouble().getValue() == value.asDouble().longValue()) {
            return Optional.of(Long.toString(value.asDouble().longValue()));
        }
        return value.isObjectId() ? Optional.of(value.asObjectId().getValue().toHexString()) : Optional.empty();
    }

    private static Optional<BsonValue> value(BsonDocument document, List<String> fields) {
        return fields.stream()
                .map(field -> at(document, field))
                .filter(value -> value != null && !value.isNull())
                .findFirst();
    }

    private static @Nullable BsonValue at(BsonDocument document, String path) {
        BsonValue value = document;
        for (String name : path.split("\\.", -1)) {
            if (!(value instanceof BsonDocument in)) {
                return null;
            }
            value = in.get(name);
        }
        return value;
    }
}

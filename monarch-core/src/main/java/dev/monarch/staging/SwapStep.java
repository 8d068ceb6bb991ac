package dev.monarch.staging;

import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One step of a swap, which can be done again if nobody knows whether it was done.
 *
 * @param kind what is done
 * @param target what it is done to
 * @param staging where the documents are; null where there are none
 * @param uuid the staging collection's own name on the server; null where it has none
 * @param options the options of a view or a time series
 */
record SwapStep(
        Kind kind,
        String target,
        @Nullable String staging,
        @Nullable BsonValue uuid,
        BsonDocument options) {

    enum Kind {
        RENAME,
        WRITE_DOCUMENTS,
        REPLACE_TIME_SERIES,
        CREATE_VIEW,
        DROP
    }

    static SwapStep of(BsonDocument document) {
        return new SwapStep(
                Kind.valueOf(document.getString("kind").getValue()),
                document.getString("target").getValue(),
                document.get("staging") instanceof BsonString staging ? staging.getValue() : null,
                document.get("uuid"),
                document.getDocument("options", new BsonDocument()));
    }

    BsonDocument toDocument() {
        BsonDocument document =
                new BsonDocument("kind", new BsonString(kind.name())).append("target", new BsonString(target));
        if (staging != null) {
            document.append("staging", new BsonString(staging));
        }
        if (uuid != null) {
            document.append("uuid", uuid);
        }
        return options.isEmpty() ? document : document.append("options", options);
    }
}

package dev.monarch.engine.backfill;

import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Writes a value for people. */
final class BsonText {

    private static final String BEFORE = "{\"\": ";

    private BsonText() {}

    /** {@return the value as Extended JSON} */
    static String of(BsonValue value) {
        String document = new BsonDocument("", value).toJson();
        return document.substring(BEFORE.length(), document.length() - 1);
    }
}

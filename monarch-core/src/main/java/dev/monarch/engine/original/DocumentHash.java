package dev.monarch.engine.original;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.Sha256;
import dev.monarch.engine.server.RawBytes;

/**
 * A hash of a document: the first 16 bytes of the SHA-256 of its BSON with sorted fields. Servers add fields in different
 * orders.
 */
final class DocumentHash {

    /** Represents a document that does not exist. */
    static final BsonBinary ABSENT = new BsonBinary(new byte[0]);

    private static final int LENGTH = 16;

    private DocumentHash() {}

    static BsonBinary of(@Nullable BsonDocument document) {
        if (document == null) {
            return ABSENT;
        }
        RawBytes bytes = RawBytes.of(new RawBsonDocument(sorted(document), new BsonDocumentCodec()));
        MessageDigest digest = Sha256.begin();
        digest.update(bytes.buffer());
        return new BsonBinary(Arrays.copyOf(digest.digest(), LENGTH));
    }

    private static BsonDocument sorted(BsonDocument document) {
        BsonDocument sorted = new BsonDocument();
        for (Map.Entry<String, BsonValue> field : new TreeMap<>(document).entrySet()) {
            sorted.append(field.getKey(), sorted(field.getValue()));
        }
        return sorted;
    }

    private static BsonValue sorted(BsonValue value) {
        if (value.isDocument()) {
            return sorted(value.asDocument());
        }
        if (value.isArray()) {
            BsonArray sorted = new BsonArray();
            value.asArray().forEach(element -> sorted.add(sorted(element)));
            return sorted;
        }
        return value;
    }
}

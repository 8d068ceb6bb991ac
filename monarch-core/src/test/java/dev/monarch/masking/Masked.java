package dev.monarch.masking;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

import dev.monarch.engine.masking.MaskingRules;
import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.engine.transfer.DocumentTransform;
import dev.monarch.masking.Masker.MaskingKey;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/** Masks documents as a transfer does, in batches of bytes. */
public final class Masked {

    public static final MaskingKey KEY = MaskingKey.of("a key of the tests, and of nothing else");

    static final String COLLECTION = "accounts";

    private Masked() {}

    static DocumentTransform transform(MaskingRules rules) {
        return transform(rules, KEY);
    }

    static DocumentTransform transform(MaskingRules rules, MaskingKey key) {
        return rules.under(key, "copy", "production").transform(collection(COLLECTION, CollectionType.COLLECTION));
    }

    public static CollectionDescription collection(String name, CollectionType type) {
        return new CollectionDescription(name, type, new BsonDocument(), List.of(), null);
    }

    static List<BsonDocument> by(MaskingRules rules, List<BsonDocument> documents) {
        return documents(transform(rules).apply(batch(documents)));
    }

    static BsonDocument by(MaskingRules rules, BsonDocument document) {
        return by(rules, List.of(document)).get(0);
    }

    static BsonDocument by(MaskingRules rules, String json) {
        return by(rules, BsonDocument.parse(json));
    }

    public static DocumentBatch batch(List<BsonDocument> documents) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        documents.forEach(document -> bytes.writeBytes(bytes(document)));
        // Adds unused bytes after the documents, as in most batches, that do not look like the end of a document.
        byte[] room = new byte[bytes.size() + 64];
        Arrays.fill(room, (byte) 0x7f);
        System.arraycopy(bytes.toByteArray(), 0, room, 0, bytes.size());
        return new DocumentBatch(room, bytes.size(), documents.size());
    }

    static byte[] bytes(BsonDocument document) {
        RawBsonDocument raw = new RawBsonDocument(document, new BsonDocumentCodec());
        int from = raw.getByteOffset();
        return Arrays.copyOfRange(raw.getBackingArray(), from, from + raw.getByteLength());
    }

    public static List<BsonDocument> documents(DocumentBatch batch) {
        List<BsonDocument> documents = new ArrayList<>();
        int at = 0;
        while (at < batch.length()) {
            RawBsonDocument raw = new RawBsonDocument(batch.bytes(), at, batch.length() - at);
            int length = raw.getByteBuffer().getInt();
            documents.add(new RawBsonDocument(batch.bytes(), at, length).decode(new BsonDocumentCodec()));
            at += length;
        }
        return documents;
    }
}

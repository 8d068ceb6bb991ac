package dev.monarch.engine.masking;

import java.util.Objects;
import java.util.function.UnaryOperator;

import org.bson.BsonBinaryWriter;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.UuidRepresentation;
import org.bson.codecs.Codec;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.conversions.Bson;
import org.bson.io.BasicOutputBuffer;

import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.engine.transfer.DocumentTransform;

/** Applies a user's function to decoded documents, then masks fields. */
record FunctionTransform(UnaryOperator<Document> function, MaskingFailures failures, DocumentTransform next)
        implements DocumentTransform {

    private static final Codec<Document> CODEC = CodecRegistries.withUuidRepresentation(
                    Bson.DEFAULT_CODEC_REGISTRY, UuidRepresentation.STANDARD)
            .get(Document.class);

    @Override
    public DocumentBatch apply(DocumentBatch batch) {
        RawBson bson = new RawBson(batch.bytes(), failures);
        BasicOutputBuffer changed = new BasicOutputBuffer(Math.max(batch.length(), 1));
        int at = 0;
        for (int i = 0; i < batch.documents(); i++) {
            int end = bson.documentEnd(at, batch.length());
            bson.requireValid(at, end, 1);
            change(decoded(batch, at, end), changed);
            at = end;
        }
        return next.apply(new DocumentBatch(changed.getInternalBuffer(), changed.getSize(), batch.documents()));
    }

    private Document decoded(DocumentBatch batch, int start, int end) {
        try {
            return new RawBsonDocument(batch.bytes(), start, end - start).decode(CODEC);
        } catch (RuntimeException e) {
            throw failures.malformed();
        }
    }

    private void change(Document document, BasicOutputBuffer output) {
        try (BsonBinaryWriter writer = new BsonBinaryWriter(output)) {
            Document changed = Objects.requireNonNull(function.apply(document), "The function returned null");
            CODEC.encode(writer, changed, EncoderContext.builder().build());
        } catch (RuntimeException e) {
            throw failures.function("", "function", e);
        }
    }
}

package dev.monarch.engine.archive;

import java.nio.ByteBuffer;
import java.util.Base64;

import org.bson.BsonArray;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

import dev.monarch.transfer.CollectionDescription;

/** Encodes documents as text without loss: their BSON in Base64 (RFC 4648, section 4). */
public final class Base64Bson {

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private Base64Bson() {}

    /**
     * Encodes the options and indexes of a collection.
     *
     * @param collection the collection
     * @return the encoded document {@code {options, indexes}}
     */
    public static String encode(CollectionDescription collection) {
        return encode(new BsonDocument("options", collection.options())
                .append("indexes", new BsonArray(collection.indexes())));
    }

    static String encode(BsonDocument document) {
        try (BasicOutputBuffer buffer = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            CODEC.encode(writer, document, EncoderContext.builder().build());
            return Base64.getEncoder().encodeToString(buffer.toByteArray());
        }
    }

    /**
     * Decodes a document.
     *
     * @param text the encoded document
     * @return the document
     * @throws RuntimeException if the text is not an encoded document
     */
    public static BsonDocument decode(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        try (BsonBinaryReader reader = new BsonBinaryReader(ByteBuffer.wrap(bytes))) {
            return CODEC.decode(reader, DecoderContext.builder().build());
        }
    }
}

package dev.monarch.engine.server;

import java.nio.ByteBuffer;

import org.bson.ByteBuf;
import org.bson.RawBsonDocument;

/**
 * Where the bytes of an undecoded document are.
 *
 * <p>The driver of Spring Boot 4.0 has no accessors for them. There, they are read from a view of the bytes, which
 * costs two more objects for each document.
 *
 * @param array the array, which may contain other documents too
 * @param offset where the document begins
 * @param length its length
 */
public record RawBytes(byte[] array, int offset, int length) {

    private static final boolean HAS_ACCESSORS = DriverFeature.RAW_ACCESSORS.isAvailable();

    /** {@return where the bytes of a document are} They are not copied. */
    public static RawBytes of(RawBsonDocument document) {
        return HAS_ACCESSORS
                ? new RawBytes(document.getBackingArray(), document.getByteOffset(), document.getByteLength())
                : ofView(document);
    }

    static RawBytes ofView(RawBsonDocument document) {
        ByteBuf view = document.getByteBuffer();
        return new RawBytes(view.array(), view.position(), view.remaining());
    }

    /** {@return the first index after the document} */
    public int end() {
        return offset + length;
    }

    /** {@return a buffer of the document's bytes} They are not copied. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(array, offset, length);
    }
}

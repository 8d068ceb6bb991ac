package dev.monarch.queryset;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/**
 * Values in a temporary file, in the order they came: one small BSON document for each.
 *
 * <p>One thread writes. It may read meanwhile; once nothing is written any more, several may.
 */
final class ValueSpool {

    private static final int BUFFER = 64 * 1024;

    private static final String FIELD = "v";

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final ScratchFile file;

    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    private long written;

    ValueSpool(ScratchFiles files) {
        this.file = files.create();
    }

    void add(BsonValue value) {
        RawBsonDocument document = new RawBsonDocument(new BsonDocument(FIELD, value), CODEC);
        if (buffer.remaining() < document.getByteLength()) {
            flush();
        }
        ByteBuffer bytes =
                ByteBuffer.wrap(document.getBackingArray(), document.getByteOffset(), document.getByteLength());
        if (bytes.remaining() > buffer.capacity()) {
            append(bytes);
        } else {
            buffer.put(bytes);
        }
    }

    /** Makes what was added so far readable. */
    void flush() {
        append(buffer.flip());
        buffer.clear();
    }

    private void append(ByteBuffer bytes) {
        int length = bytes.remaining();
        file.write(bytes, written);
        written += length;
    }

    Reader reader() {
        return new Reader();
    }

    /** Reads from the first value on. For one thread. */
    final class Reader {

        private ByteBuffer window = ByteBuffer.allocate(0);

        private long read;

        /** Returns the next values, as many as the limits allow; none if there are no more that were flushed. */
        List<BsonValue> next(ChunkLimits limits) {
            List<BsonValue> values = new ArrayList<>();
            long bytes = 0;
            while (values.size() < limits.values() && bytes < limits.bytes() && fill(Integer.BYTES)) {
                int length = window.getInt(window.position());
                if (!values.isEmpty() && bytes + length > limits.bytes()) {
                    break;
                }
                fill(length);
                byte[] document = new byte[length];
                window.get(document);
                values.add(new RawBsonDocument(document).get(FIELD));
                bytes += length;
            }
            return values;
        }

        /** Sees to it that so many bytes are in the window, unless the end is nearer. */
        private boolean fill(int needed) {
            if (window.remaining() < needed && read < written) {
                ByteBuffer next = ByteBuffer.allocate(Math.max(BUFFER, needed)).order(ByteOrder.LITTLE_ENDIAN);
                int kept = next.put(window).position();
                file.read(next, read);
                read += next.position() - kept;
                window = next.flip();
            }
            return window.remaining() >= needed;
        }
    }
}

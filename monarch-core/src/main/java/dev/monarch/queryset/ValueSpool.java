package dev.monarch.queryset;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

import dev.monarch.engine.server.RawBytes;

/**
 * A sequence of values in a temporary file, each in a small BSON document.
 *
 * <p>One thread writes and may read at the same time. After the last write, several threads may read.
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
        ByteBuffer bytes = RawBytes.of(new RawBsonDocument(new BsonDocument(FIELD, value), CODEC))
                .buffer();
        if (buffer.remaining() < bytes.remaining()) {
            flush();
        }
        if (bytes.remaining() > buffer.capacity()) {
            append(bytes);
        } else {
            buffer.put(bytes);
        }
    }

    /** Makes the added values readable. */
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

    /** Reads the values from the first on. For one thread. */
    final class Reader {

        private ByteBuffer window = ByteBuffer.allocate(0);

        private long read;

        /** {@return the next flushed values within the limits; empty if there are none} */
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

        /** Reads until enough bytes are in the window or the file ends. Returns whether there are enough. */
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

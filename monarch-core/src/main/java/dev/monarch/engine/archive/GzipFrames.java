package dev.monarch.engine.archive;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Compresses frames as gzip members (RFC 1952). Concatenated members are one gzip stream. */
final class GzipFrames implements FrameCompressor {

    /** The level that mongodump uses. */
    private static final int LEVEL = 6;

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private static final int TRAILER_LENGTH = 8;

    /** Deflate compresses it in one or two milliseconds. */
    private static final int STEP = 32 * 1024;

    private final Deflater deflater = new Deflater(LEVEL, true);

    private final byte[] buffer = new byte[64 * 1024];

    private final ProcessorYield processors;

    GzipFrames(ProcessorYield processors) {
        this.processors = processors;
    }

    @Override
    public List<ByteSlice> compress(List<ByteSlice> slices) {
        CRC32 checksum = new CRC32();
        ByteArrayOutputStream member = new ByteArrayOutputStream(ByteSlice.length(slices) / 3 + buffer.length);
        member.writeBytes(HEADER);
        deflater.reset();
        for (ByteSlice slice : slices) {
            checksum.update(slice.bytes(), slice.offset(), slice.length());
            int end = slice.offset() + slice.length();
            for (int at = slice.offset(); at < end; at += STEP) {
                deflater.setInput(slice.bytes(), at, Math.min(STEP, end - at));
                deflate(member);
            }
        }
        deflater.finish();
        while (!deflater.finished()) {
            member.write(buffer, 0, deflater.deflate(buffer));
        }
        member.writeBytes(trailer(checksum.getValue(), ByteSlice.length(slices)));
        return List.of(ByteSlice.of(member.toByteArray()));
    }

    private void deflate(ByteArrayOutputStream member) {
        ProcessorYield.Step step = processors.begin();
        while (!deflater.needsInput()) {
            member.write(buffer, 0, deflater.deflate(buffer));
        }
        step.end();
    }

    private static byte[] trailer(long checksum, int length) {
        return ByteBuffer.allocate(TRAILER_LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) checksum)
                .putInt(length)
                .array();
    }

    @Override
    public void close() {
        deflater.end();
    }
}

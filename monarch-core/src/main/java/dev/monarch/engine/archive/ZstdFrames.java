package dev.monarch.engine.archive;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;

/**
 * Compresses frames with Zstandard (RFC 8878). Each frame has its content size and a checksum.
 *
 * <p>Data passes through small direct buffers. Arrays for whole frames would be too large for the garbage collector
 * to move, and the library blocks garbage collection while it holds a heap array.
 */
final class ZstdFrames implements FrameCompressor {

    /**
     * With the search log reduced to 2, frames of small collections are no larger than gzip makes the whole archive.
     */
    private static final int LEVEL = 6;

    private static final int SEARCH_LOG = 2;

    /**
     * For an application next to it, a third of the work is worth a few percent in length. With this level, the library
     * does not use the search log.
     */
    private static final int GENTLE_LEVEL = 3;

    private static final int BUFFER_BYTES = 128 * 1024;

    private final ZstdCompressCtx context =
            new ZstdCompressCtx().setSearchLog(SEARCH_LOG).setChecksum(true);

    private final ProcessorYield processors;

    private final ByteBuffer plain = ByteBuffer.allocateDirect(BUFFER_BYTES);

    private final ByteBuffer compressed = ByteBuffer.allocateDirect(BUFFER_BYTES);

    ZstdFrames(ProcessorYield processors) {
        this.processors = processors;
    }

    @Override
    public List<ByteSlice> compress(List<ByteSlice> slices) {
        List<ByteSlice> frame = new ArrayList<>();
        context.setLevel(processors.isGentle() ? GENTLE_LEVEL : LEVEL);
        context.setPledgedSrcSize(ByteSlice.length(slices));
        plain.clear();
        for (ByteSlice slice : slices) {
            int end = slice.offset() + slice.length();
            for (int at = slice.offset(); at < end; ) {
                int length = Math.min(plain.remaining(), end - at);
                plain.put(slice.bytes(), at, length);
                at += length;
                if (!plain.hasRemaining()) {
                    compress(EndDirective.CONTINUE, frame);
                }
            }
        }
        compress(EndDirective.END, frame);
        return frame;
    }

    /** Compresses everything in the buffer. */
    private void compress(EndDirective end, List<ByteSlice> frame) {
        plain.flip();
        boolean done;
        do {
            compressed.clear();
            ProcessorYield.Step step = processors.begin();
            done = context.compressDirectByteBufferStream(compressed, plain, end);
            step.end();
            take(frame);
        } while (end == EndDirective.END ? !done : plain.hasRemaining());
        plain.clear();
    }

    private void take(List<ByteSlice> frame) {
        compressed.flip();
        if (compressed.hasRemaining()) {
            byte[] bytes = new byte[compressed.remaining()];
            compressed.get(bytes);
            frame.add(ByteSlice.of(bytes));
        }
    }

    @Override
    public void close() {
        context.close();
    }
}

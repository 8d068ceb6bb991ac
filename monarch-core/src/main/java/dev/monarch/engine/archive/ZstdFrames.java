package dev.monarch.engine.archive;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;

/**
 * Frames of Zstandard (RFC 8878), each with the length of its content and a checksum.
 *
 * <p>What is compressed passes through small buffers outside the heap: whole frames would be arrays too large for a garbage
 * collector to move, and while the library holds an array of the heap nothing can be collected.
 */
final class ZstdFrames implements FrameCompressor {

    /** With half the search of its own, it makes frames of small collections no larger than gzip makes a whole archive. */
    private static final int LEVEL = 6;

    private static final int SEARCH_LOG = 2;

    private static final int BUFFER_BYTES = 128 * 1024;

    private final ZstdCompressCtx context =
            new ZstdCompressCtx().setLevel(LEVEL).setSearchLog(SEARCH_LOG).setChecksum(true);

    private final ByteBuffer plain = ByteBuffer.allocateDirect(BUFFER_BYTES);

    private final ByteBuffer compressed = ByteBuffer.allocateDirect(BUFFER_BYTES);

    @Override
    public List<Piece> compress(List<Piece> pieces) {
        List<Piece> frame = new ArrayList<>();
        context.setPledgedSrcSize(Piece.length(pieces));
        plain.clear();
        for (Piece piece : pieces) {
            int end = piece.offset() + piece.length();
            for (int at = piece.offset(); at < end; ) {
                int length = Math.min(plain.remaining(), end - at);
                plain.put(piece.bytes(), at, length);
                at += length;
                if (!plain.hasRemaining()) {
                    compress(EndDirective.CONTINUE, frame);
                }
            }
        }
        compress(EndDirective.END, frame);
        return frame;
    }

    /** Passes on what is in the buffer, all of it. */
    private void compress(EndDirective end, List<Piece> frame) {
        plain.flip();
        boolean done;
        do {
            compressed.clear();
            done = context.compressDirectByteBufferStream(compressed, plain, end);
            take(frame);
        } while (end == EndDirective.END ? !done : plain.hasRemaining());
        plain.clear();
    }

    private void take(List<Piece> frame) {
        compressed.flip();
        if (compressed.hasRemaining()) {
            byte[] bytes = new byte[compressed.remaining()];
            compressed.get(bytes);
            frame.add(Piece.of(bytes));
        }
    }

    @Override
    public void close() {
        context.close();
    }
}

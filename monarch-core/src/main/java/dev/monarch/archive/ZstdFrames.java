package dev.monarch.archive;

import java.util.Arrays;
import java.util.List;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;

/** Frames of Zstandard (RFC 8878), each with its checksum. */
final class ZstdFrames implements FrameCompressor {

    private static final int LEVEL = 5;

    /** Room enough for nearly all frames; that of longer ones is given back, for there may be a compressor a worker. */
    private static final int KEPT = 8 * 1024 * 1024;

    private final ZstdCompressCtx context =
            new ZstdCompressCtx().setLevel(LEVEL).setChecksum(true);

    private byte[] plain = new byte[0];

    private byte[] compressed = new byte[0];

    @Override
    public List<Piece> compress(List<Piece> pieces) {
        int length = gather(pieces);
        int bound = Math.toIntExact(Zstd.compressBound(length));
        if (compressed.length < bound) {
            compressed = new byte[bound];
        }
        int used = context.compressByteArray(compressed, 0, compressed.length, plain, 0, length);
        if (bound <= KEPT) {
            return List.of(Piece.of(Arrays.copyOf(compressed, used)));
        }
        Piece frame = new Piece(compressed, 0, used);
        plain = new byte[0];
        compressed = new byte[0];
        return List.of(frame);
    }

    private int gather(List<Piece> pieces) {
        int length = Piece.length(pieces);
        if (plain.length < length) {
            plain = new byte[length];
        }
        int at = 0;
        for (Piece piece : pieces) {
            System.arraycopy(piece.bytes(), piece.offset(), plain, at, piece.length());
            at += piece.length();
        }
        return length;
    }

    @Override
    public void close() {
        context.close();
    }
}

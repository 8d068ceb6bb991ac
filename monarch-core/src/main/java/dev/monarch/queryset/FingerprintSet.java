package dev.monarch.queryset;

import java.nio.MappedByteBuffer;

/**
 * A set of 128-bit fingerprints in a temporary file. Each needs 16 to 48 bytes on disk and no heap memory.
 *
 * <p>It is a hash table with open addressing, at most two thirds full, that is rewritten at twice the size. The
 * fingerprints must be evenly distributed. An all-zero fingerprint would mark a free slot, so it is stored as another
 * value.
 */
final class FingerprintSet {

    private static final int SLOT = 16;

    private static final int FIRST_SLOTS = 4096;

    private static final int SEGMENT_SLOTS = 1 << 22;

    private final ScratchFiles files;

    private ScratchFile file;

    private MappedByteBuffer[] segments;

    private long slots;

    private long used;

    FingerprintSet(ScratchFiles files) {
        this.files = files;
        this.file = files.create();
        this.slots = FIRST_SLOTS;
        this.segments = zeros(file, slots);
    }

    private static MappedByteBuffer[] zeros(ScratchFile file, long slots) {
        int each = (int) Math.min(slots, SEGMENT_SLOTS) * SLOT;
        MappedByteBuffer[] segments = new MappedByteBuffer[Math.toIntExact(slots * SLOT / each)];
        for (int i = 0; i < segments.length; i++) {
            segments[i] = file.mapZeros((long) i * each, each);
        }
        return segments;
    }

    /** Adds a fingerprint. Returns whether it is new. */
    boolean add(long high, long low) {
        if ((used + 1) * 3 > slots * 2) {
            grow();
        }
        boolean added = put(high, high == 0 && low == 0 ? 1 : low);
        used += added ? 1 : 0;
        return added;
    }

    private boolean put(long high, long low) {
        for (long slot = high & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
            MappedByteBuffer segment = segments[(int) (slot / SEGMENT_SLOTS)];
            int at = (int) (slot % SEGMENT_SLOTS) * SLOT;
            long foundHigh = segment.getLong(at);
            long foundLow = segment.getLong(at + Long.BYTES);
            if (foundHigh == high && foundLow == low) {
                return false;
            }
            if (foundHigh == 0 && foundLow == 0) {
                segment.putLong(at, high);
                segment.putLong(at + Long.BYTES, low);
                return true;
            }
        }
    }

    private void grow() {
        ScratchFile oldFile = file;
        MappedByteBuffer[] old = segments;
        file = files.create();
        slots *= 2;
        segments = zeros(file, slots);
        for (MappedByteBuffer segment : old) {
            for (int at = 0; at < segment.capacity(); at += SLOT) {
                long high = segment.getLong(at);
                long low = segment.getLong(at + Long.BYTES);
                if (high != 0 || low != 0) {
                    put(high, low);
                }
            }
        }
        files.discard(oldFile);
    }
}

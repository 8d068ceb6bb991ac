package dev.monarch.engine.dump;

/** Reads integers from bytes. The caller checks the bounds. */
final class Bytes {

    private Bytes() {}

    static int int32BigEndian(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 24
                | (bytes[at + 1] & 0xFF) << 16
                | (bytes[at + 2] & 0xFF) << 8
                | bytes[at + 3] & 0xFF;
    }

    static int uint16(byte[] bytes, int at) {
        return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8;
    }

    static long uint32(byte[] bytes, int at) {
        return uint16(bytes, at) | (long) uint16(bytes, at + 2) << 16;
    }

    /** {@return an integer whose highest bit no valid file sets; negative if it is set} */
    static long int64(byte[] bytes, int at) {
        return uint32(bytes, at) | uint32(bytes, at + 4) << 32;
    }
}

package dev.monarch.engine.archive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The checksum of a collection in an archive: CRC-64/XZ, which Go calls {@code crc64.ECMA}.
 *
 * <p>Polynomial 0x42F0E1EBA9EA3693, reflected; initial value and final XOR all ones (ECMA-182; CRC catalogue,
 * "CRC-64/XZ").
 */
final class Crc64 {

    private static final long REFLECTED_POLYNOMIAL = 0xC96C5795D7870F42L;

    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** How many bytes each of the four lanes takes before they are joined. */
    private static final int LANE = 4_096;

    private static final long[][] TABLES = tables();

    private static final long[][] LANE_OF_ZEROS = lanesOfZeros();

    private long state = -1;

    private static long[][] tables() {
        long[][] tables = new long[8][256];
        for (int value = 0; value < 256; value++) {
            long crc = value;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : REFLECTED_POLYNOMIAL);
            }
            tables[0][value] = crc;
        }
        for (int table = 1; table < 8; table++) {
            for (int value = 0; value < 256; value++) {
                long before = tables[table - 1][value];
                tables[table][value] = (before >>> 8) ^ tables[0][(int) before & 0xFF];
            }
        }
        return tables;
    }

    /** The state after a lane of zeros, for each byte of the state before it. */
    private static long[][] lanesOfZeros() {
        long[][] states = new long[Long.BYTES][256];
        for (int at = 0; at < Long.BYTES; at++) {
            for (int value = 0; value < 256; value++) {
                long crc = (long) value << (at * Byte.SIZE);
                for (int zeros = 0; zeros < LANE; zeros += Long.BYTES) {
                    crc = eight(crc);
                }
                states[at][value] = crc;
            }
        }
        return states;
    }

    void update(byte[] bytes, int offset, int length) {
        int position = offset;
        int end = offset + length;
        long crc = state;
        for (; end - position >= 4 * LANE; position += 4 * LANE) {
            crc = fourLanes(crc, bytes, position);
        }
        for (; end - position >= Long.BYTES; position += Long.BYTES) {
            crc = eight(crc ^ (long) LITTLE_ENDIAN.get(bytes, position));
        }
        for (; position < end; position++) {
            crc = (crc >>> 8) ^ TABLES[0][(int) (crc ^ bytes[position]) & 0xFF];
        }
        state = crc;
    }

    private static long fourLanes(long before, byte[] bytes, int offset) {
        long first = before;
        long second = 0;
        long third = 0;
        long fourth = 0;
        for (int position = offset; position < offset + LANE; position += Long.BYTES) {
            first = eight(first ^ (long) LITTLE_ENDIAN.get(bytes, position));
            second = eight(second ^ (long) LITTLE_ENDIAN.get(bytes, position + LANE));
            third = eight(third ^ (long) LITTLE_ENDIAN.get(bytes, position + 2 * LANE));
            fourth = eight(fourth ^ (long) LITTLE_ENDIAN.get(bytes, position + 3 * LANE));
        }
        return afterLane(afterLane(afterLane(first) ^ second) ^ third) ^ fourth;
    }

    private static long eight(long crc) {
        return TABLES[7][(int) crc & 0xFF]
                ^ TABLES[6][(int) (crc >>> 8) & 0xFF]
                ^ TABLES[5][(int) (crc >>> 16) & 0xFF]
                ^ TABLES[4][(int) (crc >>> 24) & 0xFF]
                ^ TABLES[3][(int) (crc >>> 32) & 0xFF]
                ^ TABLES[2][(int) (crc >>> 40) & 0xFF]
                ^ TABLES[1][(int) (crc >>> 48) & 0xFF]
                ^ TABLES[0][(int) (crc >>> 56)];
    }

    private static long afterLane(long crc) {
        long result = 0;
        for (int at = 0; at < Long.BYTES; at++) {
            result ^= LANE_OF_ZEROS[at][(int) (crc >>> (at * Byte.SIZE)) & 0xFF];
        }
        return result;
    }

    long value() {
        return ~state;
    }
}

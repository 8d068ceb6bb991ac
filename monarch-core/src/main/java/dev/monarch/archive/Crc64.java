package dev.monarch.archive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The checksum of a collection in an archive: CRC-64/XZ, which Go calls {@code crc64.ECMA}.
 *
 * <p>Polynomial 0x42F0E1EBA9EA3693, reflected; initial value and final XOR all ones (ECMA-182; CRC catalogue, "CRC-64/XZ").
 * Eight bytes at a time by eight tables ("slicing-by-8", Kounavis and Berry, 2005).
 */
final class Crc64 {

    private static final long REFLECTED_POLYNOMIAL = 0xC96C5795D7870F42L;

    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long[][] TABLES = tables();

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

    void update(byte[] bytes, int offset, int length) {
        long crc = state;
        int position = offset;
        int end = offset + length;
        for (; end - position >= 8; position += 8) {
            crc ^= (long) LITTLE_ENDIAN.get(bytes, position);
            crc = TABLES[7][(int) crc & 0xFF]
                    ^ TABLES[6][(int) (crc >>> 8) & 0xFF]
                    ^ TABLES[5][(int) (crc >>> 16) & 0xFF]
                    ^ TABLES[4][(int) (crc >>> 24) & 0xFF]
                    ^ TABLES[3][(int) (crc >>> 32) & 0xFF]
                    ^ TABLES[2][(int) (crc >>> 40) & 0xFF]
                    ^ TABLES[1][(int) (crc >>> 48) & 0xFF]
                    ^ TABLES[0][(int) (crc >>> 56)];
        }
        for (; position < end; position++) {
            crc = (crc >>> 8) ^ TABLES[0][(int) (crc ^ bytes[position]) & 0xFF];
        }
        state = crc;
    }

    long value() {
        return ~state;
    }
}

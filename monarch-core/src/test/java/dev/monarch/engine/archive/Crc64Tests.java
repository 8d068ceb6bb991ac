package dev.monarch.engine.archive;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class Crc64Tests {

    @Test
    void hasTheCheckValueOfTheCrcCatalogue() {
        assertThat(crc("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0x995DC9BBDF1939FAL);
    }

    @Test
    void equalsTheChecksumOfMongodumpForOneDocument() {
        assertThat(crc(HexFormat.of().parseHex("0e000000105f6964000100000000"))).isEqualTo(-870776635769202178L);
    }

    @Test
    void theChecksumOfNoBytesIsZero() {
        assertThat(new Crc64().value()).isZero();
    }

    @Test
    void theChecksumDoesNotDependOnThePortions() {
        byte[] bytes = new byte[100_000];
        new Random(1).nextBytes(bytes);
        Crc64 inPortions = new Crc64();
        int at = 0;
        for (int portion = 0; at < bytes.length; portion++) {
            int length = Math.min(portion % 23 * portion, bytes.length - at);
            inPortions.update(bytes, at, length);
            at += length;
        }

        assertThat(inPortions.value()).isEqualTo(crc(bytes));
    }

    private static long crc(byte[] bytes) {
        Crc64 crc = new Crc64();
        crc.update(bytes, 0, bytes.length);
        return crc.value();
    }
}

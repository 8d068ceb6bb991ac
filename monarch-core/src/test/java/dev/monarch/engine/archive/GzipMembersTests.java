package dev.monarch.engine.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class GzipMembersTests {

    private static final int MEMBERS = 7;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, 100_000, 3_000_000})
    void allMembersAreRead(int size) throws IOException {
        byte[] content = content(size * MEMBERS);

        assertThat(gunzip(new ByteArrayInputStream(members(content, size)))).isEqualTo(content);
    }

    @Test
    void readingContinuesAfterAReadThatEndsWithAMember() throws IOException {
        byte[] content = content(5_000 * MEMBERS);
        byte[] members = members(content, 5_000);
        int firstMember = members(Arrays.copyOf(content, 5_000), 5_000).length / MEMBERS;

        InputStream portions = new ByteArrayInputStream(members) {

            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(length, firstMember));
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };

        assertThat(gunzip(portions)).isEqualTo(content);
    }

    @Test
    void aWrongChecksumIsDetected() throws IOException {
        byte[] member = members(content(700), 100);
        member[member.length - 5] ^= 1;

        assertThatIOException()
                .isThrownBy(() -> gunzip(new ByteArrayInputStream(member)))
                .withMessage("the checksum or the length of a gzip member is wrong");
    }

    @Test
    void bytesAfterAMemberMustBeAnotherMember() throws IOException {
        byte[] member = members(content(700), 100);
        byte[] more = Arrays.copyOf(member, member.length + 30);
        more[more.length - 1] = 1;

        assertThatIOException()
                .isThrownBy(() -> gunzip(new ByteArrayInputStream(more)))
                .withMessage("a gzip member was expected here");
        more[more.length - 1] = 0;
        more[member.length] = 1;
        assertThatIOException()
                .isThrownBy(() -> gunzip(new ByteArrayInputStream(more)))
                .withMessage("a gzip member was expected here");
    }

    @Test
    void zerosAfterTheLastMemberAreIgnored() throws IOException {
        byte[] member = members(content(700), 100);

        assertThat(gunzip(new ByteArrayInputStream(Arrays.copyOf(member, member.length + 30))))
                .isEqualTo(content(700));
    }

    @Test
    void aTruncatedMemberIsRefused() throws IOException {
        byte[] member = members(content(100), 100);
        int one = member.length;
        for (int length = 0; length < one; length++) {
            byte[] prefix = Arrays.copyOf(member, length);
            if (length % (one / MEMBERS) != 0 || length == 0) {
                assertThatIOException().isThrownBy(() -> gunzip(new ByteArrayInputStream(prefix)));
            }
        }
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        Random random = new Random(7);
        for (int i = 0; i < length; i++) {
            content[i] = (byte) random.nextInt(16);
        }
        return content;
    }

    /** Seven members, each with the content. */
    private static byte[] members(byte[] content, int size) throws IOException {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (int member = 0; member < MEMBERS; member++) {
            int from = content.length == size * MEMBERS ? member * size : 0;
            try (GZIPOutputStream gzip = new GZIPOutputStream(members)) {
                gzip.write(content, from, Math.min(size, content.length - from));
            }
        }
        return members.toByteArray();
    }

    private static byte[] gunzip(InputStream compressed) throws IOException {
        try (GzipMembers gzip = new GzipMembers(compressed)) {
            return gzip.readAllBytes();
        }
    }
}

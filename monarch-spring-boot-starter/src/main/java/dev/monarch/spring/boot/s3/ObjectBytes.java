package dev.monarch.spring.boot.s3;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32C;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * What is sent at once: the beginning of a buffer, which is not copied.
 *
 * @param buffer holds it; not changed while it is sent
 * @param count how many bytes it is
 */
record ObjectBytes(byte[] buffer, int count) {

    static final ObjectBytes NONE = new ObjectBytes(new byte[0], 0);

    private static final String BINARY = "application/octet-stream";

    RequestBody body() {
        return RequestBody.fromContentProvider(
                ContentStreamProvider.fromInputStreamSupplier(() -> new ByteArrayInputStream(buffer, 0, count)),
                count,
                BINARY);
    }

    static ObjectBytes of(byte[] all) {
        return new ObjectBytes(all, all.length);
    }

    /** Returns the MD5 as the header {@code Content-MD5} has it, which every service knows. */
    String md5() {
        MessageDigest md5 = newMd5();
        md5.update(buffer, 0, count);
        return Base64.getEncoder().encodeToString(md5.digest());
    }

    private static MessageDigest newMd5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has MD5", e);
        }
    }

    /** Returns the CRC-32C as S3 writes it: Base64 of its four bytes, the highest first. */
    String checksum() {
        CRC32C checksum = new CRC32C();
        checksum.update(buffer, 0, count);
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) checksum.getValue())
                        .array());
    }
}

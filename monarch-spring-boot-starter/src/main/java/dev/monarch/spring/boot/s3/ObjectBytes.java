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
 * The bytes of one request: the beginning of a buffer, which is not copied.
 *
 * @param buffer the buffer; it must not change while it is sent
 * @param count the number of bytes
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

    /** {@return the MD5 in the format of the header {@code Content-MD5}, which every service knows} */
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

    /** {@return the CRC-32C in S3's format: Base64 of its four bytes, most significant first} */
    String checksum() {
        CRC32C checksum = new CRC32C();
        checksum.update(buffer, 0, count);
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) checksum.getValue())
                        .array());
    }
}

package dev.monarch.spring.boot.s3;

import java.io.EOFException;
import java.io.IOException;

import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Downloads one part. If it is interrupted, it continues from where it stopped. */
final class PartDownload {

    private final S3Bucket bucket;

    private final S3Volumes.Part part;

    private final byte[] into;

    private int filled;

    PartDownload(S3Bucket bucket, S3Volumes.Part part, byte[] into) {
        this.bucket = bucket;
        this.part = part;
        this.into = into;
    }

    /** Downloads the whole part. */
    void run(S3Limits limits) {
        Attempts attempts = new Attempts(limits);
        while (filled < part.length()) {
            int before = filled;
            try {
                readNext();
            } catch (IOException | SdkException e) {
                if (filled > before) {
                    attempts.progressed();
                }
                if (!attempts.again(e)) {
                    throw bucket.failed("'" + part.volume().key() + "' cannot be read", e);
                }
            }
        }
    }

    /**
     * A service without ranges always sends an object from its beginning. But an answer that is cut off in its header
     * may lack the range, too, so it is requested again.
     */
    private static void requireRange(GetObjectResponse response, long from) throws IOException {
        String range = response.contentRange();
        if (range == null ? from > 0 : !range.startsWith("bytes " + from + "-")) {
            throw new IOException("The service sent another range than was requested; it must support range requests");
        }
    }

    private void readNext() throws IOException {
        long from = part.offset() + filled;
        long last = part.offset() + part.length() - 1;
        ResponseInputStream<GetObjectResponse> stream = bucket.client()
                .getObject(get -> get.bucket(bucket.bucket())
                        .key(part.volume().key())
                        .range("bytes=" + from + "-" + last)
                        .ifMatch(part.volume().etag()));
        try {
            requireRange(stream.response(), from);
            while (filled < part.length()) {
                int read = stream.read(into, filled, part.length() - filled);
                if (read < 0) {
                    throw new EOFException("The answer ended " + (part.length() - filled) + " bytes too early");
                }
                filled += read;
            }
            stream.close();
        } finally {
            if (filled < part.length()) {
                stream.abort();
            }
        }
    }
}

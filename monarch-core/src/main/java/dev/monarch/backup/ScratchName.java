package dev.monarch.backup;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import dev.monarch.engine.Sha256;

/** The name of the scratch database of a target. It is always the same, so that a later run recognizes it. */
final class ScratchName {

    private static final String SUFFIX = "_monarch_scratch";

    /** The limit of a server for the name of a database, in bytes. */
    private static final int LONGEST = 63;

    private static final int DIGEST_BYTES = 8;

    private ScratchName() {}

    /** {@return the name for the database of a target} A name that would be too long becomes a digest. */
    static String of(String database) {
        byte[] bytes = database.getBytes(StandardCharsets.UTF_8);
        return bytes.length + SUFFIX.length() <= LONGEST
                ? database + SUFFIX
                : HexFormat.of().formatHex(Sha256.begin().digest(bytes), 0, DIGEST_BYTES) + SUFFIX;
    }
}

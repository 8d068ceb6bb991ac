package dev.monarch.engine.dump;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The name of a file in a dump.
 *
 * @param kind what the file contains
 * @param stem the encoded name of the collection; empty for other files
 */
record DumpFileName(Kind kind, String stem) {

    private static final String DOCUMENTS = ".bson";

    private static final String METADATA = ".metadata.json";

    private static final String PRELUDE = "prelude.json";

    /** mongodump shortens encoded names to this length. */
    private static final int SHORTENED = 238;

    private static final String BEFORE_HASH = "%24";

    /** What a file contains. */
    enum Kind {
        /** The documents of a collection. */
        DOCUMENTS,
        /** The options and indexes of a collection. */
        METADATA,
        /** The versions of the server and the tool. */
        PRELUDE,
        /** Something that does not belong to a dump. */
        OTHER
    }

    static DumpFileName of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int end =
                lower.endsWith(".gz") ? name.length() - 3 : lower.endsWith(".zst") ? name.length() - 4 : name.length();
        String uncompressed = lower.substring(0, end);
        if (uncompressed.equals(PRELUDE)) {
            return new DumpFileName(Kind.PRELUDE, "");
        }
        if (uncompressed.endsWith(METADATA) && end > METADATA.length()) {
            return new DumpFileName(Kind.METADATA, name.substring(0, end - METADATA.length()));
        }
        if (uncompressed.endsWith(DOCUMENTS) && end > DOCUMENTS.length()) {
            return new DumpFileName(Kind.DOCUMENTS, name.substring(0, end - DOCUMENTS.length()));
        }
        return new DumpFileName(Kind.OTHER, "");
    }

    /** {@return whether the name ends with a hash, so that only the metadata has the name of the collection} */
    static boolean isShortened(String stem) {
        return stem.length() == SHORTENED && stem.contains(BEFORE_HASH);
    }

    /** {@return the name of the collection; old tools did not encode names, so an invalid code is a part of it} */
    static String decoded(String stem) {
        try {
            return URLDecoder.decode(stem, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return stem;
        }
    }
}

package dev.monarch.engine.dump;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a file in a dump.
 *
 * @param kind what the file contains
 * @param stem the encoded name of the collection; empty for other files
 */
record DumpFileName(Kind kind, String stem) {

    private static final String DOCUMENTS = ".bson";

    private static final String OLD_DOCUMENTS = ".bin";

    private static final String METADATA = ".metadata.json";

    private static final String PRELUDE = "prelude.json";

    /** Files that were compressed or encrypted one by one. */
    private static final Pattern UNREADABLE = Pattern.compile(
            ".+(\\.bson|\\.metadata\\.json)\\.(xz|bz2|lz|lz4|lzma|lzo|br|z|7z|rar|zip|sz|snappy|s2|gpg|pgp|asc|age|enc)");

    /** mongodump shortens encoded names to this length. */
    private static final int SHORTENED = 238;

    private static final String BEFORE_HASH = "%24";

    /** What a file contains. */
    enum Kind {
        /** The documents of a collection. */
        DOCUMENTS,
        /** The documents of a collection in old dumps, or something else. */
        OLD_DOCUMENTS,
        /** The options and indexes of a collection. */
        METADATA,
        /** The versions of the server and the tool. */
        PRELUDE,
        /** A part of a dump that Monarch can neither decompress nor decrypt. */
        UNREADABLE,
        /** Something that does not belong to a dump. */
        OTHER
    }

    static DumpFileName of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int end = uncompressedLength(lower);
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
        if (lower.endsWith(OLD_DOCUMENTS) && end > OLD_DOCUMENTS.length()) {
            return new DumpFileName(Kind.OLD_DOCUMENTS, name.substring(0, end - OLD_DOCUMENTS.length()));
        }
        return new DumpFileName(UNREADABLE.matcher(lower).matches() ? Kind.UNREADABLE : Kind.OTHER, "");
    }

    /** Names a file that is known to contain documents, whatever its extension. */
    static DumpFileName ofDocuments(String name) {
        DumpFileName known = of(name);
        if (known.kind() == Kind.DOCUMENTS || known.kind() == Kind.OLD_DOCUMENTS) {
            return new DumpFileName(Kind.DOCUMENTS, known.stem());
        }
        String uncompressed = name.substring(0, uncompressedLength(name.toLowerCase(Locale.ROOT)));
        int extension = uncompressed.lastIndexOf('.');
        return new DumpFileName(Kind.DOCUMENTS, extension > 0 ? uncompressed.substring(0, extension) : uncompressed);
    }

    private static int uncompressedLength(String lower) {
        return lower.endsWith(".gz")
                ? lower.length() - 3
                : lower.endsWith(".zst") ? lower.length() - 4 : lower.length();
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

package dev.monarch.engine.archive;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.jspecify.annotations.Nullable;

/** Archives that try to exhaust the memory, the stack or the time of their reader. */
enum HostileArchive {
    A_MILLION_CONCURRENT_COLLECTIONS(null) {
        @Override
        void write(Bytes to) {
            to.magic()
                    .document(new BsonDocument("concurrent_collections", new BsonInt32(1_000_000)))
                    .description("c", "{}")
                    .terminator()
                    .end("c");
        }
    },

    TEN_THOUSAND_COLLECTIONS(null) {
        @Override
        void write(Bytes to) {
            to.beginning();
            for (int i = 0; i < 10_000; i++) {
                to.description("c" + i, "{}");
            }
            to.terminator();
            for (int i = 0; i < 10_000; i++) {
                to.end("c" + i);
            }
        }
    },

    A_DEEPLY_NESTED_UNUSED_HEADER_FIELD(null) {
        @Override
        void write(Bytes to) {
            to.magic().nested(5_000).description("c", "{}").terminator().end("c");
        }
    },

    A_HEADER_OF_SIXTEEN_MEGABYTES("the header has 16000000 bytes; the limit is 65536") {
        @Override
        void write(Bytes to) {
            to.magic().junk(16_000_000);
        }
    },

    ENDLESS_DESCRIPTIONS("the limit for this heap") {
        @Override
        void write(Bytes to) {
            to.beginning();
            for (long i = 0; i <= Runtime.getRuntime().maxMemory() / 64 / 100_000; i++) {
                to.description("c" + i, " ".repeat(100_000));
            }
        }
    },

    A_DESCRIPTION_WITH_MANY_SMALL_FIELDS("its beginning describes this collection twice") {
        @Override
        void write(Bytes to) {
            to.beginning()
                    .description("c", "{\"indexes\":[" + "{\"\":1},".repeat(120_000) + "{}]}")
                    .description("c", "{}")
                    .terminator();
        }
    },

    A_CATALOGUE_WITH_MANY_SMALL_FIELDS("it ends before this collection does") {
        @Override
        void write(Bytes to) {
            to.beginning()
                    .description("c", "{\"indexes\":[" + "{\"\":1},".repeat(120_000) + "{}]}")
                    .terminator();
        }
    },

    COLLECTIONS_WITHOUT_A_NAME("a collection has no name") {
        @Override
        void write(Bytes to) {
            to.beginning();
            for (int i = 0; i < 100_000; i++) {
                to.document(new BsonDocument());
            }
        }
    },

    DEEPLY_NESTED_OPTIONS("its options and indexes cannot be read") {
        @Override
        void write(Bytes to) {
            to.beginning().description("c", "[".repeat(500_000)).terminator();
        }
    },

    DEEPLY_NESTED_OPTIONS_AFTER_A_QUOTE("its options and indexes cannot be read") {
        @Override
        void write(Bytes to) {
            to.beginning().description("c", "{a:/\"/,b:" + "[".repeat(500_000)).terminator();
        }
    },

    OPTIONS_NESTED_DEEPER_THAN_SERVERS_ALLOW("its options and indexes cannot be read") {
        @Override
        void write(Bytes to) {
            to.beginning()
                    .description("c", "{\"options\":" + "{\"a\":".repeat(300) + "1" + "}".repeat(301))
                    .terminator();
        }
    },

    OPTIONS_OF_ANOTHER_TYPE("its options and indexes cannot be read") {
        @Override
        void write(Bytes to) {
            to.beginning().description("c", "{\"options\":1}").terminator();
        }
    },

    INDEXES_OF_ANOTHER_TYPE("its options and indexes cannot be read") {
        @Override
        void write(Bytes to) {
            to.beginning().description("c", "{\"indexes\":[1]}").terminator();
        }
    },

    A_HEAD_OF_SIXTEEN_MEGABYTES("the head of a block has 16000000 bytes; the limit is 4096") {
        @Override
        void write(Bytes to) {
            to.beginning().description("c", "{}").terminator().junk(16_000_000);
        }
    },

    A_HEAD_OF_OTHER_TYPES("it is cut off here") {
        @Override
        void write(Bytes to) {
            to.beginning()
                    .description("c", "{}")
                    .terminator()
                    .document(new BsonDocument("db", new BsonString("d"))
                            .append("collection", new BsonString("c"))
                            .append("EOF", new BsonInt32(1))
                            .append("CRC", new BsonString("none")));
        }
    },

    A_DOCUMENT_WITH_A_LENGTH_OF_16_MEGABYTES("it is cut off here") {
        @Override
        void write(Bytes to) {
            to.beginning().description("c", "{}").terminator().head("c", false).length(16 * 1024 * 1024);
        }
    },

    A_DOCUMENT_WITH_A_LENGTH_OF_2_GIGABYTES("a document has the invalid length 2147483647") {
        @Override
        void write(Bytes to) {
            to.beginning().description("c", "{}").terminator().head("c", false).length(Integer.MAX_VALUE);
        }
    },

    AN_UNDECLARED_COLLECTION("its beginning does not describe this collection") {
        @Override
        void write(Bytes to) {
            to.beginning().terminator().end("x");
        }
    },

    ENDLESS_BLOCKS("it ends before this collection does") {
        @Override
        void write(Bytes to) {
            to.beginning().description("c", "{}").terminator();
            for (int i = 0; i < 100_000; i++) {
                to.head("c", false).terminator();
            }
        }
    },

    A_ZSTD_FRAME_WITH_A_WINDOW_OF_TERABYTES("needs more memory outside the heap") {
        @Override
        void write(Bytes to) {
            to.hex("28b52ffd00f80000000000000000");
        }
    },

    A_GZIP_MEMBER_WITH_AN_ENDLESS_NAME("it ends within a gzip member") {
        @Override
        void write(Bytes to) {
            to.hex("1f8b080800000000ffff");
            for (int i = 0; i < 1_000_000; i++) {
                to.hex("78");
            }
        }
    };

    private final @Nullable String refusal;

    HostileArchive(@Nullable String refusal) {
        this.refusal = refusal;
    }

    abstract void write(Bytes to);

    byte[] archive() {
        Bytes bytes = new Bytes();
        write(bytes);
        return bytes.toByteArray();
    }

    /** A part of the refusal's message; null if the archive is unusual but readable. */
    @Nullable
    String refusal() {
        return refusal;
    }

    /** The elements of an archive. */
    static final class Bytes {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        byte[] toByteArray() {
            return out.toByteArray();
        }

        Bytes magic() {
            return hex("6de29981");
        }

        Bytes beginning() {
            return magic().document(new BsonDocument("version", new BsonString("0.1")));
        }

        Bytes description(String collection, String metadata) {
            return description("d", collection, metadata);
        }

        Bytes description(String database, String collection, String metadata) {
            return document(new BsonDocument("db", new BsonString(database))
                    .append("collection", new BsonString(collection))
                    .append("metadata", new BsonString(metadata))
                    .append("type", new BsonString("collection")));
        }

        Bytes head(String collection, boolean last) {
            return document(new BsonDocument("db", new BsonString("d"))
                    .append("collection", new BsonString(collection))
                    .append("EOF", BsonBoolean.valueOf(last))
                    .append("CRC", new BsonInt64(0)));
        }

        Bytes end(String collection) {
            return head(collection, true).terminator();
        }

        Bytes terminator() {
            return length(-1);
        }

        Bytes document(BsonDocument document) {
            RawBsonDocument raw = new RawBsonDocument(document, new BsonDocumentCodec());
            out.write(raw.getBackingArray(), raw.getByteOffset(), raw.getByteLength());
            return this;
        }

        /** Nested documents. */
        Bytes nested(int levels) {
            for (int level = levels; level > 0; level--) {
                length(5 + 8 * level).hex("036100");
            }
            length(5);
            for (int level = 0; level <= levels; level++) {
                hex("00");
            }
            return this;
        }

        /** An invalid document of this length. */
        Bytes junk(int length) {
            byte[] junk = new byte[length - 4];
            Arrays.fill(junk, (byte) 10);
            junk[junk.length - 1] = 0;
            length(length);
            out.writeBytes(junk);
            return this;
        }

        Bytes length(int length) {
            out.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(length)
                    .array());
            return this;
        }

        Bytes hex(String hex) {
            out.writeBytes(HexFormat.of().parseHex(hex));
            return this;
        }
    }
}

package dev.monarch.masking;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.io.BasicOutputBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.TransferFailedException;
import dev.monarch.engine.masking.MaskingRules;
import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.engine.transfer.DocumentTransform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Masked values are found by their paths, and all other bytes stay unchanged. */
class MaskedDocumentsTests {

    private static final Masker CROSS = Masker.function("cross", value -> new BsonString("x"));

    private static final String SECRET = "Rumpelstiltskin";

    private static MaskingRules crossing(String... paths) {
        MaskingRules rules = MaskingRules.NONE;
        for (String path : paths) {
            rules = rules.mask(Masked.COLLECTION, path, CROSS);
        }
        return rules;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a           | {a: 1, b: 2}                        | {a: 'x', b: 2}
            b           | {a: 1, b: 2}                        | {a: 1, b: 'x'}
            c           | {a: 1, b: 2}                        | {a: 1, b: 2}
            a           | {}                                  | {}
            a           | {b: {a: 1}}                         | {b: {a: 1}}
            a.b         | {a: {b: 1, c: 2}, d: 3}             | {a: {b: 'x', c: 2}, d: 3}
            a.b.c       | {a: {b: {c: 1}, c: 2}}              | {a: {b: {c: 'x'}, c: 2}}
            a           | {a: {b: {c: 1}, c: [2, {d: 3}]}}    | {a: {b: {c: 'x'}, c: ['x', {d: 'x'}]}}
            a           | {a: [1, [2, [3]], null]}            | {a: ['x', ['x', ['x']], null]}
            a.b         | {a: [{b: 1}, {c: 2}, {b: [3, 4]}]}  | {a: [{b: 'x'}, {c: 2}, {b: ['x', 'x']}]}
            a.b         | {a: [[{b: 1}], [[{b: 2}]], []]}     | {a: [[{b: 'x'}], [[{b: 'x'}]], []]}
            a.b         | {a: null}                           | {a: null}
            a.b         | {a: [null]}                         | {a: [null]}
            a           | {a: null, b: 1}                     | {a: null, b: 1}
            a           | {a: {}, b: []}                      | {a: {}, b: []}
            _id         | {_id: 1, a: {_id: 2}}               | {_id: 'x', a: {_id: 2}}
            _id.a       | {_id: {a: 1, b: 2}}                 | {_id: {a: 'x', b: 2}}
            a._id       | {_id: 1, a: {_id: 2}}               | {_id: 1, a: {_id: 'x'}}
            a.$id       | {a: {$ref: 'b', $id: 2}}            | {a: {$ref: 'b', $id: 'x'}}
            a.2023      | {a: {'2023': 1, '2024': 2}}         | {a: {'2023': 'x', '2024': 2}}
            ö.ü         | {ö: {ü: 1, u: 2}}                   | {ö: {ü: 'x', u: 2}}
            aa          | {a: 1, aaa: 2, aa: 3}               | {a: 1, aaa: 2, aa: 'x'}
            """)
    void aPathLeadsThroughDocumentsAndArrays(String path, String before, String after) {
        assertThat(Masked.by(crossing(path), before)).isEqualTo(BsonDocument.parse(after));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.b   | {'a.b': 1}          | {'a.b': 'x'}
            a.b   | {'a.b.c': 1}        | {'a.b.c': 'x'}
            a     | {'a.b': 1, 'ab': 2} | {'a.b': 'x', 'ab': 2}
            a.b.c | {a: {'b.c': 1}}     | {a: {'b.c': 'x'}}
            a.b.c | {'a.b': {c: 1}}     | {'a.b': {c: 'x'}}
            a     | {'': 1, '.a': 2}    | {'': 1, '.a': 2}
            a     | {a: {'': 1}}        | {a: {'': 'x'}}
            """)
    void namesWithDotsMatchLikeNestedFields(String path, String before, String after) {
        assertThat(Masked.by(crossing(path), before)).isEqualTo(BsonDocument.parse(after));
    }

    @Test
    void severalFieldsAreMaskedInWhateverOrderTheyCome() {
        MaskingRules rules = crossing("a", "b.c", "b.d", "e");

        assertThat(Masked.by(rules, "{e: 1, b: {d: 1, x: 1, c: 1}, a: 1}"))
                .isEqualTo(BsonDocument.parse("{e: 'x', b: {d: 'x', x: 1, c: 'x'}, a: 'x'}"));
        assertThat(Masked.by(rules, "{a: 1, x: 1, b: {c: 1, d: 1}, e: 1}"))
                .isEqualTo(BsonDocument.parse("{a: 'x', x: 1, b: {c: 'x', d: 'x'}, e: 'x'}"));
    }

    @Test
    void aDuplicateFieldIsMaskedTwice() {
        BasicOutputBuffer bytes = new BasicOutputBuffer();
        try (BsonBinaryWriter writer = new BsonBinaryWriter(bytes)) {
            writer.writeStartDocument();
            writer.writeString("a", SECRET);
            writer.writeString("a", SECRET + SECRET);
            writer.writeEndDocument();
        }
        DocumentBatch batch = new DocumentBatch(bytes.toByteArray(), bytes.getSize(), 1);

        assertThat(text(Masked.transform(crossing("a")).apply(batch))).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.b   | {a: 'Rumpelstiltskin'}                  | a   | string
            a.b   | {a: [{b: 1}, 'Rumpelstiltskin']}        | a   | string
            a.b.c | {a: {b: [[{$binary: {base64: 'AA==', subType: '00'}}]]}} | a.b | binary
            a.b.c | {'a.b': true}                           | a.b | boolean
            """)
    void aPathIntoANonDocumentFailsTheTransfer(String path, String document, String where, String type) {
        assertThatThrownBy(() -> Masked.by(crossing(path), document))
                .isInstanceOf(TransferFailedException.class)
                .hasMessage("Could not copy 'production': 'accounts' has a value of type " + type + " at '" + where
                        + "', where the rules expect a document; mask or keep '" + where + "' as a whole.");
    }

    @Test
    void aPathWithAnArrayIndexFailsTheTransfer() {
        assertThatThrownBy(() -> Masked.by(crossing("phones.0.number"), "{phones: [{number: 1}]}"))
                .isInstanceOf(TransferFailedException.class)
                .hasMessageContaining("'accounts' has an array at 'phones', but the rules refer to an element");
    }

    @Test
    void manyDocumentsKeepTheirOrder() {
        List<BsonDocument> documents = Stream.iterate(0, i -> i + 1)
                .limit(10_000)
                .map(i -> new BsonDocument("n", new BsonInt32(i)).append("a", new BsonString("y".repeat(i % 50))))
                .toList();

        List<BsonDocument> masked = Masked.by(crossing("a"), documents);

        assertThat(masked).hasSize(10_000);
        for (int i = 0; i < masked.size(); i++) {
            assertThat(masked.get(i))
                    .isEqualTo(new BsonDocument("n", new BsonInt32(i)).append("a", new BsonString("x")));
        }
    }

    @Test
    void unmaskedDocumentsKeepTheirBytes() {
        DocumentBatch batch = Masked.batch(List.of(BsonDocument.parse("{a: 1}"), BsonDocument.parse("{b: 2}")));

        assertThat(Masked.transform(crossing("c")).apply(batch)).isSameAs(batch);
    }

    @Test
    void anEmptyBatchStaysEmpty() {
        DocumentBatch batch = new DocumentBatch(new byte[0], 0, 0);

        assertThat(Masked.transform(crossing("c")).apply(batch)).isSameAs(batch);
    }

    @Test
    void repeatedReadsGiveTheSameResult() {
        MaskingRules rules = MaskingRules.NONE
                .mask(Masked.COLLECTION, "a", Masker.email())
                .mask(Masked.COLLECTION, "b", Masker.number());
        List<BsonDocument> documents =
                List.of(BsonDocument.parse("{a: 'one', b: 1.5}"), BsonDocument.parse("{b: 77, a: 'two'}"));
        DocumentTransform first = Masked.transform(rules);

        List<BsonDocument> once = Masked.documents(first.apply(Masked.batch(documents)));

        assertThat(Masked.documents(first.apply(Masked.batch(documents)))).isEqualTo(once);
        assertThat(Masked.by(rules, documents)).isEqualTo(once);
    }

    @Test
    void theOutputContainsNoSecrets() {
        List<Masker> maskers =
                List.of(Masker.email(), Masker.name(), Masker.phone(), Masker.text(), Masker.keyedHash());
        for (Masker masker : maskers) {
            MaskingRules rules = MaskingRules.NONE
                    .mask(Masked.COLLECTION, "_id", masker)
                    .mask(Masked.COLLECTION, "person", masker)
                    .mask(Masked.COLLECTION, "contacts.mail", masker)
                    .change(Masked.COLLECTION, document -> {
                        document.remove("note");
                        return document;
                    });
            BsonDocument planted = BsonDocument.parse("""
                    {_id: 'SECRET', note: 'SECRET', person: {name: 'SECRET', more: [['a SECRET b'], {deep: 'SECRET'}]},
                     contacts: [{mail: 'SECRET', kind: 'work'}, {mail: ['SECRET', 'SECRET@mail.test'], 'x': 1}],
                     'person.alias': 'SECRET', kept: 'but not this'}
                    """.replace("SECRET", SECRET));

            DocumentBatch masked = Masked.transform(rules).apply(Masked.batch(List.of(planted, planted)));

            assertThat(text(masked))
                    .as(masker.description())
                    .doesNotContain(SECRET)
                    .contains("but not this");
        }
    }

    /** The whole array, because bytes after the documents may be written, too. */
    private static String text(DocumentBatch batch) {
        return new String(batch.bytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void aDocumentThatBecomesTooLargeFailsTheTransfer() {
        Masker growing = Masker.function("growing", value -> new BsonString("x".repeat(3_000_000)));
        MaskingRules rules = MaskingRules.NONE.mask(Masked.COLLECTION, "a", growing);

        assertThat(Masked.by(rules, "{a: [1, 2, 3, 4, 5]}").getArray("a")).hasSize(5);
        assertThatThrownBy(() -> Masked.by(rules, "{a: [1, 2, 3, 4, 5, 6]}"))
                .isInstanceOf(TransferFailedException.class)
                .hasMessageContaining("'accounts' has a document of 18000")
                .hasMessageContaining("the limit of MongoDB is 16777216");
    }

    @Test
    void aDocumentMayNestAsDeepAsMongoDbAllows() {
        assertThat(Masked.by(crossing("a"), nested(200)).toString()).contains("\"x\"");
        assertThatThrownBy(() -> Masked.by(crossing("a"), nested(201)))
                .isInstanceOf(TransferFailedException.class)
                .hasMessageContaining("nests deeper than MongoDB allows");
    }

    private static BsonDocument nested(int levels) {
        BsonValue inner = new BsonInt32(1);
        for (int i = 0; i < levels; i++) {
            inner = new BsonDocument("a", inner);
        }
        return inner.asDocument();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void damagedDocumentsFailOnlyTheTransfer(long seed) {
        Random random = new Random(seed);
        MaskingRules rules = crossing("c", "e.f");
        List<BsonDocument> documents = Stream.generate(() -> RandomDocuments.document(random, 3))
                .limit(20)
                .toList();
        DocumentBatch sound = Masked.batch(documents);
        for (int i = 0; i < 3000; i++) {
            DocumentTransform transform = Masked.transform(rules);
            byte[] bytes = sound.bytes().clone();
            bytes[random.nextInt(sound.length())] = (byte) random.nextInt();
            int length = random.nextInt(10) == 0 ? random.nextInt(sound.length()) : sound.length();
            try {
                DocumentBatch masked = transform.apply(new DocumentBatch(bytes, length, sound.documents()));
                assertThat(masked.documents()).isEqualTo(sound.documents());
            } catch (TransferFailedException expected) {
                assertThat(expected).hasMessageContaining("'accounts'");
            }
        }
    }

    @Test
    void lengthsBeyondTheBatchFailTheTransfer() {
        byte[] document = Masked.bytes(BsonDocument.parse("{a: 'text', b: {c: 1}}"));
        for (int at : List.of(0, 7, 19)) {
            for (int wrong : List.of(Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 0, 4, 1000)) {
                byte[] bytes = document.clone();
                for (int i = 0; i < Integer.BYTES; i++) {
                    bytes[at + i] = (byte) (wrong >>> (8 * i));
                }
                assertThatThrownBy(
                                () -> Masked.transform(crossing("b")).apply(new DocumentBatch(bytes, bytes.length, 1)))
                        .as("%s at %s of %s", wrong, at, Arrays.toString(document))
                        .isInstanceOf(TransferFailedException.class)
                        .hasMessage("Could not copy 'production': 'accounts' has a document that is not valid BSON"
                                + " and cannot be masked.");
            }
        }
    }

    /** No bytes follow that could be read as the rest. */
    @Test
    void truncatedValuesFailTheTransfer() {
        for (String value : List.of("1", "{$numberLong: '1'}", "1.5", "{$numberDecimal: '1'}", "{$date: 1}", "true")) {
            byte[] document = Masked.bytes(BsonDocument.parse("{a: " + value + "}"));
            for (int length = 8; length < document.length; length++) {
                byte[] bytes = Arrays.copyOf(document, length);
                bytes[0] = (byte) length;
                bytes[length - 1] = 0;
                assertThatThrownBy(
                                () -> Masked.transform(crossing("a")).apply(new DocumentBatch(bytes, bytes.length, 1)))
                        .as("%s cut to %s bytes", value, length)
                        .isInstanceOf(TransferFailedException.class)
                        .hasMessageContaining("not valid BSON");
            }
        }
    }

    /** A decoder would allocate the memory before it checks whether the text is complete. */
    @Test
    void invalidLengthsFailBeforeFunctionsAllocateMemory() {
        BsonValue code = new BsonJavaScriptWithScope("code", BsonDocument.parse("{x: 'planted'}"));
        MaskingRules functions = MaskingRules.NONE.change(Masked.COLLECTION, document -> document);
        for (MaskingRules rules : List.of(crossing("a"), functions)) {
            for (String text : List.of("code", "planted")) {
                byte[] bytes = Masked.bytes(new BsonDocument("a", code));
                int length = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text) - Integer.BYTES;
                bytes[length + 3] = 0x7f;
                assertThatThrownBy(() -> Masked.transform(rules).apply(new DocumentBatch(bytes, bytes.length, 1)))
                        .isInstanceOf(TransferFailedException.class)
                        .hasMessageContaining("not valid BSON");
            }
        }
        assertThatThrownBy(() -> Masked.by(functions, nested(201))).hasMessageContaining("nests deeper");
    }

    @Test
    void aWrongNumberOfDocumentsFailsTheTransfer() {
        DocumentBatch batch = Masked.batch(List.of(BsonDocument.parse("{a: 1}"), BsonDocument.parse("{a: 2}")));
        for (int documents : List.of(0, 1, 3)) {
            assertThatThrownBy(() -> Masked.transform(crossing("a"))
                            .apply(new DocumentBatch(batch.bytes(), batch.length(), documents)))
                    .isInstanceOf(TransferFailedException.class);
        }
    }
}

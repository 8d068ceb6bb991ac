package dev.monarch.masking;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.bson.BsonBinary;
import org.bson.BsonDbPointer;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.UuidRepresentation;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.TransferFailedException;
import dev.monarch.engine.masking.Masking;
import dev.monarch.engine.masking.MaskingRules;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.DocumentTransform;
import dev.monarch.masking.Masker.MaskedField;
import dev.monarch.masking.Masker.MaskingKey;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Valid and invalid rules, and the collections to which they apply. */
class MaskingRulesTests {

    private static final MaskingRules EMAIL = MaskingRules.NONE.mask("accounts", "email", Masker.email());

    private static DocumentTransform transform(MaskingRules rules, String name, CollectionType type) {
        return rules.under(Masked.KEY, "copy", "production").transform(Masked.collection(name, type));
    }

    @ParameterizedTest
    @CsvSource({"a, a", "a, a.b", "a.b, a", "a.b, a.b.c", "a.b.c, a.b"})
    void pathsThatOverlapAreRefused(String first, String second) {
        MaskingRules rules = MaskingRules.NONE.mask("accounts", first, Masker.text());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> rules.mask("accounts", second, Masker.email()))
                .withMessage("'" + second + "' of 'accounts' overlaps '" + first
                        + "', which already has a rule; remove one of the rules.");
        assertThatIllegalArgumentException().isThrownBy(() -> rules.keep("accounts", second));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MaskingRules.NONE.keep("accounts", first).mask("accounts", second, Masker.text()));
        assertThat(rules.mask("people", second, Masker.text()).maskedFields()).hasSize(2);
    }

    @Test
    void similarPathsDoNotOverlap() {
        MaskingRules rules = MaskingRules.NONE
                .mask("accounts", "a.b", Masker.text())
                .mask("accounts", "a.bc", Masker.text())
                .mask("accounts", "ab", Masker.text());

        assertThat(rules.maskedFields()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a\0b"})
    void invalidPathsAreRefused(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MaskingRules.NONE.mask("accounts", path, Masker.text()))
                .withMessageContaining("is not a field path");
        assertThatIllegalArgumentException().isThrownBy(() -> MaskingRules.NONE.keep("accounts", "a", path));
    }

    @Test
    void rulesAreImmutable() {
        MaskingRules more = EMAIL.mask("accounts", "name", Masker.name()).failClosed();

        assertThat(EMAIL.maskedFields()).hasSize(1);
        assertThat(EMAIL.isFailClosed()).isFalse();
        assertThat(more.maskedFields()).hasSize(2);
        assertThat(more.isFailClosed()).isTrue();
    }

    @Test
    void maskedFieldsAreListedWithoutKeyAndParameters() {
        MaskingRules rules = EMAIL.mask("accounts", "age", Masker.number(18, 99))
                .mask("accounts", "born", Masker.date(Duration.ofDays(17)))
                .keep("accounts", "since")
                .change("people", document -> document)
                .keepAll("dogs");
        Masking masking = rules.under(MaskingKey.of("a secret that is long enough"), "copy", "production");

        assertThat(masking.maskedFields())
                .isEqualTo(rules.maskedFields())
                .containsExactly(
                        new MaskedField("accounts", "age", "number"),
                        new MaskedField("accounts", "born", "date"),
                        new MaskedField("accounts", "email", "email"),
                        new MaskedField("people", "", "function"));
        assertThat(masking.toString()).contains("email").doesNotContain("secret", "18", "17");
    }

    @Test
    void onlyMaskedCollectionsAreDecoded() {
        assertThat(transform(EMAIL, "dogs", CollectionType.COLLECTION)).isSameAs(DocumentTransform.NONE);
        assertThat(transform(EMAIL, "accounts2", CollectionType.COLLECTION)).isSameAs(DocumentTransform.NONE);
        assertThat(transform(EMAIL.keep("dogs", "name"), "dogs", CollectionType.COLLECTION))
                .isSameAs(DocumentTransform.NONE);
        assertThat(transform(MaskingRules.NONE, "accounts", CollectionType.COLLECTION))
                .isSameAs(DocumentTransform.NONE);
        assertThat(transform(EMAIL, "accounts", CollectionType.COLLECTION)).isNotSameAs(DocumentTransform.NONE);
    }

    @ParameterizedTest
    @EnumSource(names = {"VIEW", "TIME_SERIES"})
    void viewsAndTimeSeriesPassWithoutRules(CollectionType type) {
        assertThat(transform(EMAIL, "others", type)).isSameAs(DocumentTransform.NONE);
        assertThat(transform(EMAIL.failClosed().keepAll("others"), "others", type))
                .isSameAs(DocumentTransform.NONE);
    }

    @Test
    void aMaskedTimeSeriesIsRefused() {
        for (MaskingRules rules : List.of(
                EMAIL,
                MaskingRules.NONE.change("accounts", document -> document),
                MaskingRules.NONE.failClosed(),
                MaskingRules.NONE.failClosed().keep("accounts", "a"))) {
            assertThatThrownBy(() -> transform(rules, "accounts", CollectionType.TIME_SERIES))
                    .isInstanceOf(TransferFailedException.class)
                    .hasMessage("Could not copy 'production': 'accounts' is a time series, whose documents are packed"
                            + " into buckets and cannot be masked: leave it out, or keep all of it.");
        }
    }

    @Test
    void aMaskedViewIsRefused() {
        assertThatThrownBy(() -> transform(EMAIL, "accounts", CollectionType.VIEW))
                .isInstanceOf(TransferFailedException.class)
                .hasMessageContaining(
                        "'accounts' is a view, which has no documents: mask the collections that it reads.");
        assertThat(transform(MaskingRules.NONE.failClosed(), "accounts", CollectionType.VIEW))
                .isSameAs(DocumentTransform.NONE);
    }

    @Test
    void problemsAreReportedBeforeAnythingIsRead() {
        Catalogue source = new Catalogue(
                "kennel",
                List.of(
                        Masked.collection("accounts", CollectionType.COLLECTION),
                        Masked.collection("dogs", CollectionType.COLLECTION),
                        Masked.collection("shown", CollectionType.VIEW),
                        Masked.collection("measured", CollectionType.TIME_SERIES)));
        MaskingRules rules = EMAIL.mask("acounts", "email", Masker.email())
                .mask("shown", "email", Masker.email())
                .mask("measured", "email", Masker.email());

        assertThat(EMAIL.problems(source, name -> true)).isEmpty();
        assertThat(rules.problems(source, name -> true))
                .containsExactly(
                        "There is no collection 'acounts' to mask.",
                        "'shown' is a view, which has no documents: mask the collections that it reads.",
                        "'measured' is a time series, whose documents are packed into buckets and cannot be masked:"
                                + " leave it out, or keep all of it.");
        assertThat(rules.failClosed().problems(source, Set.of("accounts", "dogs")::contains))
                .containsExactly(
                        "There is no collection 'acounts' to mask.",
                        "The fields of 'dogs' have no rules: mask or keep them, keep all, or leave it out.");
    }

    @Test
    void aFunctionChangesWholeDocumentsBeforeFieldsAreMasked() {
        MaskingRules rules = MaskingRules.NONE
                .mask(Masked.COLLECTION, "full", Masker.keyedHash())
                .change(Masked.COLLECTION, document -> {
                    document.append("full", document.remove("first") + " " + document.remove("last"));
                    return document;
                });

        assertThat(Masked.by(rules, "{_id: 1, first: 'Erika', last: 'Mustermann'}"))
                .isEqualTo(Masked.by(
                        MaskingRules.NONE.mask(Masked.COLLECTION, "full", Masker.keyedHash()),
                        "{_id: 1, full: 'Erika Mustermann'}"));
    }

    @Test
    void aFunctionKeepsUntouchedFields() {
        BsonDocument document = BsonDocument.parse(
                        "{_id: 1, a: {$numberDecimal: '1.50'}, b: {$numberLong: '1'}, c: {$regularExpression: {pattern: 'a',"
                                + " options: 'i'}}, d: [null, {$undefined: true}, {$minKey: 1}, {$maxKey: 1}], e: {$date: 1},"
                                + " f: {$code: 'x', $scope: {y: 1}}, h: {$binary: {base64: 'AAAA', subType: '80'}}}")
                .append("uuid", new BsonBinary(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")))
                .append(
                        "old",
                        new BsonBinary(
                                UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
                                UuidRepresentation.JAVA_LEGACY))
                .append("pointer", new BsonDbPointer("x", new ObjectId()))
                .append("symbol", new BsonSymbol("s"))
                .append("time", new BsonTimestamp(1, 2))
                .append("nested", new BsonDocument("x", new BsonInt32(1)));

        assertThat(Masked.by(MaskingRules.NONE.change(Masked.COLLECTION, same -> same), document))
                .isEqualTo(document);
    }

    @Test
    void aFunctionSeesUuids() {
        UUID uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        MaskingRules rules = MaskingRules.NONE.change(
                Masked.COLLECTION, document -> document.append("seen", uuid.equals(document.get("uuid"))));

        assertThat(Masked.by(rules, new BsonDocument("uuid", new BsonBinary(uuid)))
                        .getBoolean("seen")
                        .getValue())
                .isTrue();
    }

    @Test
    @SuppressWarnings("NullAway") // as users without a null checker can do
    void aFailingFunctionFailsTheTransferWithoutRevealingValues() {
        MaskingRules throwing = MaskingRules.NONE.change(Masked.COLLECTION, document -> {
            throw new IllegalStateException("what about " + document);
        });
        assertThatThrownBy(() -> Masked.by(throwing, "{name: 'Erika'}"))
                .isInstanceOf(TransferFailedException.class)
                .hasMessage("Could not copy 'production': 'function' failed on a document of 'accounts' with"
                        + " java.lang.IllegalStateException, whose message is withheld because it may hold a value.")
                .satisfies(
                        thrown -> assertThat(String.valueOf(thrown.getCause())).doesNotContain("Erika"));
        assertThatThrownBy(() -> Masked.by(MaskingRules.NONE.change(Masked.COLLECTION, document -> null), "{a: 1}"))
                .isInstanceOf(TransferFailedException.class);
    }

    @Test
    void aFunctionResultThatIsTooLargeFailsTheTransfer() {
        MaskingRules rules = MaskingRules.NONE.change(
                Masked.COLLECTION, document -> document.append("much", "x".repeat(17_000_000)));

        assertThatThrownBy(() -> Masked.by(rules, "{a: 1}")).hasMessageContaining("has a document of 17000");
    }

    @Test
    void aSecondFunctionForACollectionIsRefused() {
        MaskingRules rules = MaskingRules.NONE.change("accounts", document -> document);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> rules.change("accounts", document -> document))
                .withMessageContaining("The collection 'accounts' already has a function");
    }

    @Test
    void referencesBetweenCollectionsStayIntact() {
        MaskingRules rules = MaskingRules.NONE
                .mask("accounts", "_id", Masker.keyedHash())
                .mask("orders", "buyer.account", Masker.keyedHash());
        Masking masking = rules.under(MaskingKey.random(), "copy", "production");
        BsonDocument account = masked(masking, "accounts", "{_id: 4711}");
        BsonDocument order = masked(masking, "orders", "{_id: 1, buyer: {account: 4711.0}}");

        assertThat(order.getDocument("buyer").get("account")).isEqualTo(account.get("_id"));
    }

    private static BsonDocument masked(Masking masking, String collection, String json) {
        CollectionDescription description = Masked.collection(collection, CollectionType.COLLECTION);
        return Masked.documents(masking.transform(description).apply(Masked.batch(List.of(BsonDocument.parse(json)))))
                .get(0);
    }
}

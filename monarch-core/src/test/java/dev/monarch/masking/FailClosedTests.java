package dev.monarch.masking;

import java.util.List;

import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.TransferFailedException;
import dev.monarch.engine.masking.MaskingRules;
import dev.monarch.engine.transfer.DocumentTransform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** In the fail-closed mode, fields without a rule make the transfer fail. */
class FailClosedTests {

    private static final MaskingRules CLASSIFIED = MaskingRules.NONE
            .failClosed()
            .mask(Masked.COLLECTION, "email", Masker.email())
            .mask(Masked.COLLECTION, "address.street", Masker.text())
            .keep(Masked.COLLECTION, "since", "address.country", "tags");

    @Test
    void fieldsWithRulesPass() {
        BsonDocument masked = Masked.by(
                CLASSIFIED,
                "{_id: {$oid: '0123456789abcdef01234567'}, since: 2020, email: 'a@mail.test',"
                        + " address: {country: 'NO', street: 'Main'}, tags: [{any: 'thing'}]}");

        assertThat(masked.getInt32("since").getValue()).isEqualTo(2020);
        assertThat(masked.getDocument("address").getString("country").getValue())
                .isEqualTo("NO");
        assertThat(masked.getDocument("address").getString("street").getValue()).isNotEqualTo("Main");
        assertThat(masked.getArray("tags")).containsExactly(BsonDocument.parse("{any: 'thing'}"));
        assertThat(masked.getString("email").getValue()).endsWith("@example.com");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {ssn: '123-45-6789'}                            | ssn
            {since: 1, address: {street: 'a', zip: 1}}      | address.zip
            {address: [{street: 'a'}, [{zip: 1}]]}          | address.zip
            {ssn: null}                                     | ssn
            {ssn: {}}                                       | ssn
            {ssn: []}                                       | ssn
            {'': 1}                                         | ''
            {'address.zip': 1}                              | address.zip
            {'email2': 'a'}                                 | email2
            {address: {_id: {$oid: '0123456789abcdef01234567'}}} | address._id
            {_id: 'someone@mail.test'}                      | _id
            {_id: 1}                                        | _id
            {_id: {a: 1}}                                   | _id
            {_id: {$binary: {base64: 'AAAA', subType: '04'}}} | _id
            """)
    void theFirstFieldWithoutARuleFailsTheTransfer(String document, String path) {
        assertThatThrownBy(() -> Masked.by(CLASSIFIED, document))
                .isInstanceOf(TransferFailedException.class)
                .hasMessage("Could not copy 'production': the field '" + path
                        + "' of 'accounts' has no rule; mask it or keep it, then try again.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{_id: {$oid: '0123456789abcdef01234567'}}",
                "{_id: {$binary: {base64: 'AAAAAAAAAAAAAAAAAAAAAA==', subType: '04'}}}",
                "{_id: {$binary: {base64: 'AAAAAAAAAAAAAAAAAAAAAA==', subType: '03'}}}"
            })
    void generatedIdsNeedNoRule(String document) {
        assertThat(Masked.by(CLASSIFIED, document)).isEqualTo(BsonDocument.parse(document));
    }

    @Test
    void otherIdsAreKeptOrMaskedLikeAnyField() {
        assertThat(Masked.by(CLASSIFIED.keep(Masked.COLLECTION, "_id"), "{_id: 7}"))
                .isEqualTo(BsonDocument.parse("{_id: 7}"));
        assertThat(Masked.by(CLASSIFIED.mask(Masked.COLLECTION, "_id", Masker.number()), "{_id: 1234567}"))
                .isNotEqualTo(BsonDocument.parse("{_id: 1234567}"));
        MaskingRules part = CLASSIFIED.mask(Masked.COLLECTION, "_id.mail", Masker.email());
        assertThatThrownBy(() -> Masked.by(part, "{_id: {mail: 'a', other: 1}}"))
                .hasMessageContaining("the field '_id.other'");
    }

    @Test
    void theMessageNamesFieldsInOneLine() {
        assertThatThrownBy(() -> Masked.by(CLASSIFIED, "{'a\\nb': 1}"))
                .hasMessageContaining("the field 'a?b' of 'accounts'");
    }

    @Test
    void aCollectionWithoutRulesIsRefused() {
        assertThatThrownBy(() -> Masked.by(MaskingRules.NONE.failClosed(), "{a: 1}"))
                .isInstanceOf(TransferFailedException.class);
    }

    @Test
    void aKeptCollectionIsNotDecoded() {
        MaskingRules rules = MaskingRules.NONE.failClosed().keepAll(Masked.COLLECTION);

        assertThat(Masked.transform(rules)).isSameAs(DocumentTransform.NONE);
    }

    @Test
    void fieldsOfAKeptCollectionCanBeMasked() {
        MaskingRules rules = MaskingRules.NONE
                .failClosed()
                .keepAll(Masked.COLLECTION)
                .mask(Masked.COLLECTION, "email", Masker.keyedHash());

        assertThat(Masked.by(rules, "{_id: 1, email: 'a', other: 'b'}"))
                .isEqualTo(Masked.by(
                        MaskingRules.NONE.mask(Masked.COLLECTION, "email", Masker.keyedHash()),
                        "{_id: 1, email: 'a', other: 'b'}"))
                .containsEntry("other", BsonDocument.parse("{a: 'b'}").get("a"));
    }

    @Test
    void theResultOfAFunctionNeedsRules() {
        MaskingRules rules = CLASSIFIED.change(Masked.COLLECTION, document -> document.append("copy", 1));

        assertThatThrownBy(() -> Masked.by(rules, "{since: 1}")).hasMessageContaining("the field 'copy' of 'accounts'");
        MaskingRules removing = CLASSIFIED.change(Masked.COLLECTION, document -> {
            document.remove("ssn");
            return document;
        });
        assertThat(Masked.by(removing, List.of(BsonDocument.parse("{ssn: 1, since: 2}"))))
                .containsExactly(BsonDocument.parse("{since: 2}"));
    }
}

package dev.monarch.masking;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonNumber;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.TransferFailedException;
import dev.monarch.engine.masking.MaskingRules;
import dev.monarch.masking.Masker.MaskingKey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The results of each masker. */
class MaskerTests {

    private static final long SEED = 20261121;

    private static BsonValue masked(Masker masker, BsonValue value) {
        return masked(masker, value, Masked.KEY);
    }

    private static BsonValue masked(Masker masker, BsonValue value, MaskingKey key) {
        MaskingRules rules = MaskingRules.NONE.mask(Masked.COLLECTION, "value", masker);
        BsonDocument document = new BsonDocument("value", value);
        List<BsonDocument> masked =
                Masked.documents(Masked.transform(rules, key).apply(Masked.batch(List.of(document))));
        return Objects.requireNonNull(masked.get(0).get("value"));
    }

    private static String masked(Masker masker, String text) {
        return masked(masker, new BsonString(text)).asString().getValue();
    }

    private static Stream<Masker> ready() {
        return Stream.of(
                Masker.email(),
                Masker.name(),
                Masker.givenName(),
                Masker.familyName(),
                Masker.phone(),
                Masker.text(),
                Masker.number(),
                Masker.number(1, 100),
                Masker.date(Duration.ofDays(30)),
                Masker.keyedHash());
    }

    private static Stream<Masker> forTexts() {
        return ready().filter(masker -> !Set.of("number", "date").contains(masker.description()));
    }

    @Test
    void addressesAreValidReservedAndUnique() {
        Set<String> addresses = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String address = masked(Masker.email(), "customer" + i + "@mail.test");
            assertThat(address).matches("[a-z0-9]{16}@example\\.com");
            addresses.add(address);
        }
        assertThat(addresses).hasSize(10_000);
    }

    @Test
    void namesArePlausible() {
        assertThat(masked(Masker.name(), "Erika Mustermann")).matches("[A-Z][a-z]+ [A-Z][a-z]+");
        assertThat(masked(Masker.givenName(), "Erika")).matches("[A-Z][a-z]+");
        assertThat(masked(Masker.familyName(), "Mustermann")).matches("[A-Z][a-z]+");
    }

    @Test
    void namesAreMany() {
        Set<String> names = new HashSet<>();
        IntStream.range(0, 50_000).forEach(i -> names.add(masked(Masker.name(), "name " + i)));

        assertThat(names).hasSizeBetween(4090, 4096);
    }

    @ParameterizedTest
    @CsvSource({
        "+49 (0)170 1234567, \\+[1-9]\\d \\(\\d\\)\\d{3} \\d{7}",
        "0049-170-1234567, 00[1-9]\\d-\\d{3}-\\d{7}",
        "0170/1234567, 0[1-9]\\d\\d/\\d{7}",
        "555-1234 ext 7, [1-9]\\d\\d-\\d{4} [a-z]{3} \\d"
    })
    void telephoneNumbersKeepTheirFormat(String number, String format) {
        assertThat(masked(Masker.phone(), number)).matches(format).isNotEqualTo(number);
    }

    @Test
    void aTelephoneNumberMayBeANumber() {
        BsonValue masked = masked(Masker.phone(), new BsonInt64(491701234567L));

        assertThat(masked.asInt64().getValue()).isBetween(100_000_000_000L, 999_999_999_999L);
    }

    @ParameterizedTest
    @CsvSource({
        "'Main Street 12, 3rd floor', '[A-Z][a-z]{3} [A-Z][a-z]{5} \\d\\d, \\d[a-z]{2} [a-z]{5}'",
        "'Ölgasse – Übersee', '[A-Z][a-z]{6} – [A-Z][a-z]{6}'",
        "'東京「駅」', '[a-z]{2}「[a-z]」'",
        "'٣٤ x', '\\d\\d [a-z]'",
        "'a\u2003b\u00a0c', '[a-z]\u2003[a-z]\u00a0[a-z]'",
        "'👋 hi', '[a-z] [a-z]{2}'"
    })
    void textsKeepOnlyTheirShape(String text, String shape) {
        assertThat(masked(Masker.text(), text)).matches(shape).isNotEqualTo(text);
    }

    @Test
    void longTextsAreMaskedToTheirEnd() {
        String text = "secret ".repeat(20_000);

        assertThat(masked(Masker.text(), text)).hasSize(text.length()).doesNotContain("secret");
    }

    @Test
    void aKeyedHashMasksEveryType() {
        List<BsonValue> values = List.of(
                new BsonString("text"),
                new BsonInt32(1),
                new BsonBoolean(true),
                new BsonObjectId(new ObjectId()),
                new BsonDateTime(1),
                new BsonBinary(new byte[] {1}),
                new BsonTimestamp(1),
                new BsonDouble(Double.NaN));

        assertThat(values.stream()
                        .map(value -> masked(Masker.keyedHash(), value))
                        .distinct())
                .hasSize(values.size())
                .allSatisfy(hash -> assertThat(hash.asString().getValue()).matches("[0-9a-f]{64}"));
    }

    @Test
    void numbersKeepTypeSignAndNumberOfDigits() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            int number = random.nextInt() >> random.nextInt(32);
            int other = masked(Masker.number(), new BsonInt32(number)).asInt32().getValue();
            assertThat(digits(other))
                    .as("%s for %s, seed %s", other, number, SEED)
                    .isEqualTo(digits(number));
            assertThat(other < 0).isEqualTo(number < 0);
            long large = random.nextLong() >> random.nextInt(64);
            long otherLarge =
                    masked(Masker.number(), new BsonInt64(large)).asInt64().getValue();
            assertThat(digits(otherLarge))
                    .as("%s for %s, seed %s", otherLarge, large, SEED)
                    .isEqualTo(digits(large));
            assertThat(otherLarge < 0).isEqualTo(large < 0);
        }
    }

    private static int digits(long number) {
        return Long.toString(number).replace("-", "").length();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Integer.MIN_VALUE, -1, 0, 9, 10, Integer.MAX_VALUE, Long.MAX_VALUE})
    void extremeNumbersAreMasked(long number) {
        long other = masked(Masker.number(), new BsonInt64(number)).asInt64().getValue();

        assertThat(digits(other)).isEqualTo(digits(number));
        if (number == (int) number) {
            assertThat(masked(Masker.number(), new BsonInt32((int) number))).isEqualTo(new BsonInt32((int) other));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {12.34, -0.5, 199.99, 0.001, 1234567.891})
    void pricesLookLikePrices(double price) {
        double other = masked(Masker.number(), new BsonDouble(price)).asDouble().getValue();

        assertThat(other).isNotEqualTo(price);
        assertThat(Double.toString(other * price)).doesNotStartWith("-");
        int decimals = Double.toString(price).split("\\.")[1].length();
        assertThat(new BigDecimal(Double.toString(other)).scale()).isLessThanOrEqualTo(decimals);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Math.PI, -Math.E, 1e300, 4.9e-324, 1.7976931348623157e308, -3e-200})
    void otherDoublesKeepTheirMagnitude(double number) {
        double other =
                masked(Masker.number(), new BsonDouble(number)).asDouble().getValue();

        assertThat(Math.getExponent(other)).isEqualTo(Math.getExponent(number));
        assertThat(Math.signum(other)).isEqualTo(Math.signum(number));
        assertThat(other).isNotEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12.34", "-0.0000001", "1E+6144", "9.999999999999999999999999999999999E+6144", "1E-6176"})
    void decimalsKeepTheirDigits(String number) {
        Decimal128 before = Decimal128.parse(number);
        Decimal128 other = masked(Masker.number(), new BsonDecimal128(before))
                .asDecimal128()
                .getValue();

        assertThat(other.isNegative()).isEqualTo(before.isNegative());
        assertThat(other.bigDecimalValue().stripTrailingZeros().precision())
                .isLessThanOrEqualTo(before.bigDecimalValue().precision());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void nonFiniteNumbersDoNotChange(double number) {
        assertThat(masked(Masker.number(), new BsonDouble(number))).isEqualTo(new BsonDouble(number));
        BsonValue decimal = new BsonDecimal128(Decimal128.parse(Double.toString(number)));
        assertThat(masked(Masker.number(), decimal)).isEqualTo(decimal);
    }

    @Test
    void numbersOfARangeAreInIt() {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            seen.add(masked(Masker.number(18, 21), new BsonInt32(i)).asInt32().getValue());
        }

        assertThat(seen).containsExactlyInAnyOrder(18, 19, 20, 21);
    }

    @Test
    void theWidestRangeContainsAllNumbers() {
        Masker any = Masker.number(Long.MIN_VALUE, Long.MAX_VALUE);

        assertThat(masked(any, new BsonInt64(1))).isNotEqualTo(masked(any, new BsonInt64(2)));
    }

    @Test
    void anEmptyRangeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Masker.number(2, 1))
                .withMessage("least must not be greater than greatest, but is 2 with 1");
    }

    @Test
    void anIntOutsideARangeOfLongsFailsTheTransfer() {
        Masker wide = Masker.number(1L << 40, 1L << 41);

        assertThat(masked(wide, new BsonInt64(5)).asInt64().getValue()).isBetween(1L << 40, 1L << 41);
        assertThatThrownBy(() -> masked(wide, new BsonInt32(5)))
                .isInstanceOf(TransferFailedException.class)
                .hasMessageContaining("a value of type int32 at 'value', which the masker 'number' does not support");
    }

    @Test
    void datesMoveWithinTheirDistanceAndNeverByZero() {
        Random random = new Random(SEED);
        long within = Duration.ofDays(30).toMillis();
        for (int i = 0; i < 5000; i++) {
            long time = random.nextLong() >> 20;
            long moved = masked(Masker.date(Duration.ofDays(30)), new BsonDateTime(time))
                    .asDateTime()
                    .getValue();
            assertThat(Math.abs(moved - time)).as("%s, seed %s", time, SEED).isBetween(1L, within);
        }
    }

    @Test
    void datesMoveBothWays() {
        Set<Long> moved = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            moved.add(masked(Masker.date(Duration.ofMillis(1)), new BsonDateTime(10L * i))
                            .asDateTime()
                            .getValue()
                    - 10L * i);
        }

        assertThat(moved).containsExactlyInAnyOrder(-1L, 1L);
    }

    @Test
    void aDayOfBirthStaysADay() {
        long birth = Instant.parse("1984-02-29T00:00:00Z").toEpochMilli();

        long moved = masked(Masker.date(Duration.ofDays(365)), new BsonDateTime(birth))
                .asDateTime()
                .getValue();
        assertThat(Instant.ofEpochMilli(moved).toString()).endsWith("T00:00:00Z");
        long byHours = masked(Masker.date(Duration.ofHours(5)), new BsonDateTime(birth))
                .asDateTime()
                .getValue();
        assertThat(Math.abs(byHours - birth)).isBetween(1L, Duration.ofHours(5).toMillis());
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE - 1, Long.MAX_VALUE})
    void extremeDatesMoveInTheOtherDirection(long time) {
        long moved = masked(Masker.date(Duration.ofDays(1)), new BsonDateTime(time))
                .asDateTime()
                .getValue();

        assertThat(moved < 0).isEqualTo(time < 0);
        assertThat(Math.abs(moved - time)).isBetween(1L, Duration.ofDays(1).toMillis());
    }

    @Test
    void aZeroDistanceIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Masker.date(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> Masker.date(Duration.ofDays(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> Masker.date(Duration.ofSeconds(Long.MAX_VALUE)));
    }

    @ParameterizedTest
    @MethodSource("ready")
    void valuesWithoutContentDoNotChange(Masker masker) {
        for (BsonValue nothing : List.of(BsonNull.VALUE, new BsonUndefined(), new BsonMinKey(), new BsonMaxKey())) {
            assertThat(masked(masker, nothing)).isEqualTo(nothing);
        }
    }

    @ParameterizedTest
    @MethodSource("forTexts")
    void anEmptyTextStays(Masker masker) {
        assertThat(masked(masker, "")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("forTexts")
    void symbolsAreMaskedLikeStrings(Masker masker) {
        BsonValue symbol = masked(masker, new BsonSymbol("some symbol"));
        String string = masked(masker, "some symbol");

        assertThat(symbol).isIn(new BsonSymbol(string), new BsonString(string));
    }

    @ParameterizedTest
    @MethodSource("ready")
    void equalValuesStayEqualUnderOneKeyOnly(Masker masker) {
        BsonValue value = suitable(masker);
        BsonValue once = masked(masker, value);

        assertThat(masked(masker, value)).isEqualTo(once);
        Set<BsonValue> others = new HashSet<>();
        IntStream.range(0, 5).forEach(i -> others.add(masked(masker, value, MaskingKey.random())));
        assertThat(others).isNotEqualTo(Set.of(once));
    }

    private static BsonValue suitable(Masker masker) {
        return switch (masker.description()) {
            case "number" -> new BsonInt64(123456789012L);
            case "date" -> new BsonDateTime(1234567);
            default -> new BsonString("0170 someone@mail.test");
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 0, -7, 123456, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void equalNumbersStayEqualWhateverTheirType(long number) {
        for (Masker masker : List.of(Masker.number(), Masker.number(1, 1000), Masker.phone(), Masker.keyedHash())) {
            List<BsonValue> equal = List.of(
                    new BsonInt32((int) number),
                    new BsonInt64(number),
                    new BsonDouble(number),
                    new BsonDecimal128(new Decimal128(number)),
                    new BsonDecimal128(Decimal128.parse(number + ".00")));

            assertThat(equal.stream()
                            .map(value -> comparable(masked(masker, value)))
                            .distinct())
                    .as(masker.description())
                    .hasSize(1);
        }
    }

    private static Object comparable(BsonValue value) {
        return value instanceof BsonNumber number
                ? number.decimal128Value().bigDecimalValue().stripTrailingZeros()
                : value;
    }

    @Test
    void hashesOfEqualFractionsAreEqualWhateverTheirType() {
        BsonValue hash = masked(Masker.keyedHash(), new BsonDouble(0.5));

        assertThat(masked(Masker.keyedHash(), new BsonDecimal128(Decimal128.parse("0.500"))))
                .isEqualTo(hash);
        assertThat(masked(Masker.keyedHash(), new BsonDouble(0.25))).isNotEqualTo(hash);
        assertThat(masked(Masker.keyedHash(), new BsonDouble(-0.0)))
                .isEqualTo(masked(Masker.keyedHash(), new BsonDecimal128(Decimal128.NEGATIVE_ZERO)))
                .isEqualTo(masked(Masker.keyedHash(), new BsonInt32(0)));
        assertThat(masked(Masker.keyedHash(), new BsonDouble(0x1p63)))
                .isNotEqualTo(masked(Masker.keyedHash(), new BsonInt64(Long.MAX_VALUE)));
    }

    @Test
    void unsupportedTypesFailTheTransfer() {
        BsonValue number = new BsonInt32(4711);
        for (Masker masker : List.of(Masker.email(), Masker.name(), Masker.text(), Masker.date(Duration.ofDays(1)))) {
            assertThatThrownBy(() -> masked(masker, number))
                    .isInstanceOf(TransferFailedException.class)
                    .hasMessage("Could not copy 'production': 'accounts' has a value of type int32 at 'value', which"
                            + " the masker '" + masker
                            + "' does not support; use a keyed hash or a function.");
        }
        assertThatThrownBy(() -> masked(Masker.number(), new BsonString("4711")))
                .isInstanceOf(TransferFailedException.class)
                .hasMessageContaining("of type string")
                .hasMessageNotContaining("4711");
    }

    @Test
    void aFunctionCanReturnAnyValue() {
        Masker lastFour = Masker.function(
                "last four",
                value -> new BsonString("****" + value.asString().getValue().substring(12)));

        assertThat(masked(lastFour, "4111111111111234")).isEqualTo("****1234");
        Masker toDocument = Masker.function("wrapped", value -> new BsonDocument("was", value));
        assertThat(masked(toDocument, new BsonBoolean(true))).isEqualTo(BsonDocument.parse("{was: true}"));
    }

    @Test
    void exceptionsOfFunctionsAreWithheld() {
        Masker parsing = Masker.function(
                "parsed",
                value -> new BsonInt32(Integer.parseInt(value.asString().getValue())));

        assertThatThrownBy(() -> masked(parsing, new BsonString("123-45-6789")))
                .isInstanceOf(TransferFailedException.class)
                .hasMessageContaining("'parsed' failed at 'value' of 'accounts' with java.lang.NumberFormatException")
                .satisfies(thrown -> assertThat(thrown).hasStackTraceContaining("parseInt"))
                .satisfies(thrown -> assertThat(stackTrace(thrown)).doesNotContain("123-45-6789"));
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    @SuppressWarnings("NullAway") // as users without a null checker can do
    void aFunctionThatReturnsNullFailsTheTransfer() {
        assertThatThrownBy(() -> masked(Masker.function("nothing", value -> null), new BsonInt32(1)))
                .isInstanceOf(TransferFailedException.class)
                .hasMessageContaining("'nothing' failed at 'value'");
    }

    /** Values must be masked as in earlier versions. */
    @Test
    void masksAreTheSameInEveryVersion() {
        assertThat(ready().map(masker -> masked(masker, suitable(masker))))
                .containsExactly(
                        new BsonString("8jnrninj45bw7anr@example.com"),
                        new BsonString("Nadia Johansson"),
                        new BsonString("Jana"),
                        new BsonString("Schmid"),
                        new BsonString("0936 ehjfnua@ndzg.zklh"),
                        new BsonString("4215 hfnhgok@dbck.skcj"),
                        new BsonInt64(572217861515L),
                        new BsonInt64(53),
                        new BsonDateTime(1193768276),
                        new BsonString("1b335c102538f9f69b6b4fcfc91776dd760fa40bf65fcd0368d1b58a6e6cca23"));
    }

    @Test
    void keysAreHiddenAndLongEnough() {
        assertThat(MaskingKey.of("0123456789abcdef")).hasToString("MaskingKey[hidden]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MaskingKey.of("0123456789abcde"))
                .withMessageContaining("at least 16 bytes")
                .withMessageNotContaining("0123");
        assertThat(masked(Masker.email(), new BsonString("a"), MaskingKey.of("0123456789abcdef")))
                .isEqualTo(masked(
                        Masker.email(),
                        new BsonString("a"),
                        MaskingKey.of("0123456789abcdef".getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void aKeyCopiesItsBytes() {
        byte[] bytes = new byte[16];
        MaskingKey key = MaskingKey.of(bytes);
        BsonValue before = masked(Masker.email(), new BsonString("a"), key);
        bytes[0] = 1;

        assertThat(masked(Masker.email(), new BsonString("a"), key)).isEqualTo(before);
    }
}

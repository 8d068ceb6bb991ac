package dev.monarch.queryset;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import com.mongodb.ReadPreference;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

import dev.monarch.InvalidRequestException;
import dev.monarch.MonarchException;
import dev.monarch.TransferFailedException;
import dev.monarch.engine.transfer.CatalogueReader;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySet.Parameter;
import dev.monarch.queryset.QuerySets.QuerySetChoice;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Parameters of query sets. */
class ParameterTests {

    private static final Parameter<Integer> ACCOUNT =
            Parameter.integer("accountId").describedAs("whose data to take");

    private static final Parameter<String> PASSPHRASE =
            Parameter.string("passphrase").secret();

    private static final Parameter<Integer> PIN = Parameter.integer("pin").secret();

    private static final Parameter<Instant> SINCE =
            Parameter.instant("since").withDefault(Instant.parse("2026-01-01T00:00:00Z"));

    private enum Size {
        SMALL,
        LARGE
    }

    @Test
    void everyTypeParsesItsNotation() {
        assertThat(Parameter.string("p").parse(" a b ")).isEqualTo(" a b ");
        assertThat(Parameter.integer("p").parse("-7")).isEqualTo(-7);
        assertThat(Parameter.longInteger("p").parse("5000000000")).isEqualTo(5_000_000_000L);
        assertThat(Parameter.decimal("p").parse("9.90")).isEqualTo(new BigDecimal("9.90"));
        assertThat(Parameter.bool("p").parse("Yes")).isTrue();
        assertThat(Parameter.bool("p").parse("false")).isFalse();
        assertThat(Parameter.instant("p").parse("2026-11-20")).isEqualTo("2026-11-20T00:00:00Z");
        assertThat(Parameter.instant("p").parse("2026-11-20T10:30:00Z")).isEqualTo("2026-11-20T10:30:00Z");
        assertThat(Parameter.instant("p").parse("2026-11-20T10:30:00+01:00")).isEqualTo("2026-11-20T09:30:00Z");
        assertThat(Parameter.objectId("p").parse("507f1f77bcf86cd799439011"))
                .isEqualTo(new ObjectId("507f1f77bcf86cd799439011"));
        assertThat(Parameter.uuid("p").parse("c0ffee00-1111-4222-8333-444455556666"))
                .isEqualTo(UUID.fromString("c0ffee00-1111-4222-8333-444455556666"));
        assertThat(Parameter.oneOf("p", Size.class).parse("small")).isEqualTo(Size.SMALL);
        assertThat(Parameter.of("p", "letters", String::length).parse("abc")).isEqualTo(3);
        assertThat(Parameter.integer("p").list().parse("1, 2,3")).containsExactly(1, 2, 3);
    }

    @Test
    void invalidValuesAreReported() {
        assertThatThrownBy(() -> Parameter.integer("p").parse("1x")).hasMessage("'p' must be an integer, but is '1x'.");
        assertThatThrownBy(() -> Parameter.bool("p").parse("maybe"))
                .hasMessage("'p' must be true or false, but is 'maybe'.");
        assertThatThrownBy(() -> Parameter.oneOf("p", Size.class).parse("huge"))
                .hasMessage("'p' must be one of SMALL, LARGE, but is 'huge'.");
        assertThatThrownBy(() -> Parameter.integer("p").list().parse("1,,2"))
                .hasMessage("'p' must be a list, separated by commas, each an integer, but is '1,,2'.");
        assertThatThrownBy(() -> Parameter.instant("p").parse("2026-13-01"))
                .hasMessageStartingWith(
                        "'p' must be a date (2026-11-20, in UTC) or a time (2026-11-20T10:30:00Z), but");
        assertThatThrownBy(() -> PIN.parse("12e4"))
                .hasMessage("'pin' must be an integer.")
                .hasNoCause();
    }

    @Test
    void aDefaultIsFormattedForItsParser() {
        assertThat(SINCE.defaultText()).contains("2026-01-01T00:00:00Z");
        assertThat(ACCOUNT.defaultText()).isEmpty();
        assertThat(Parameter.integer("ids").list().withDefault(List.of(1, 2)).defaultText())
                .contains("1,2");
    }

    @Test
    @MongoTest
    void aQuerySetGetsItsValues(TestMongo mongo) {
        List<Object> seen = new ArrayList<>();
        QuerySet querySet = set(context -> {
            int account = context.value(ACCOUNT);
            seen.add(account);
            seen.add(context.value(PASSPHRASE));
            seen.add(context.value(SINCE));
        });

        QuerySetChoice choice =
                run(mongo, querySet, Map.of("accountId", "42", "passphrase", "open sesame", "pin", "1234"));

        assertThat(seen).containsExactly(42, "open sesame", Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(choice.querySet()).isEqualTo("Accounts");
        assertThat(choice.parameters())
                .containsExactlyInAnyOrderEntriesOf(Map.of("accountId", "42", "since", "2026-01-01T00:00:00Z"));
    }

    @Test
    @MongoTest
    void allProblemsAreReportedTogetherAndNothingRuns(TestMongo mongo) {
        QuerySet querySet = set(context -> {
            throw new AssertionError("must not be run");
        });

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() ->
                        run(mongo, querySet, Map.of("acountId", "42", "pin", "98x76", "since", "yesterday", "x", "")))
                .satisfies(e -> assertThat(e.problems())
                        .containsExactly(
                                "'accountId' (whose data to take) is missing. It must be an integer."
                                        + " Give it with -p accountId=…",
                                "'passphrase' is missing. It must be a string. Give it with -p passphrase=…",
                                "'since' must be a date (2026-11-20, in UTC) or a time (2026-11-20T10:30:00Z), but is"
                                        + " 'yesterday'. Give it with -p since=…",
                                "'pin' must be an integer. Give it with -p pin=…",
                                "There is no parameter 'acountId'. Did you mean accountId?",
                                "There is no parameter 'x'."))
                .withMessageContaining("'Accounts'")
                .withMessageContaining("'production'")
                .withMessageNotContaining("98x76");
    }

    @Test
    @MongoTest
    void aParameterOfAQuerySetThatHasNoneIsRefused(TestMongo mongo) {
        QuerySet querySet = new WrittenInPlace("Plain", context -> {});

        assertThatThrownBy(() -> run(mongo, querySet, Map.of("accountId", "42")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("There is no parameter 'accountId'; the query set has no parameters.");
    }

    @Test
    @MongoTest
    void anUndeclaredOrDuplicateParameterIsRefused(TestMongo mongo) {
        QuerySet undeclared = new WrittenInPlace("Plain", context -> context.value(ACCOUNT));
        QuerySet twice = new WrittenInPlace("Twice", List.of(SINCE, Parameter.string("since")), context -> {});

        assertThatThrownBy(() -> run(mongo, undeclared, Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("reads the parameter 'accountId', which parameters() does not declare");
        assertThatThrownBy(() -> run(mongo, twice, Map.of("since", "2026-01-01")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("It declares the parameter 'since' twice.");
    }

    @Test
    @MongoTest
    void secretsStayOutOfMessages(TestMongo mongo) {
        QuerySet querySet = set(context -> {
            throw new IllegalStateException("cannot open with " + context.value(PASSPHRASE));
        });
        QuerySetRequest request =
                new QuerySetRequest("Accounts", Map.of("accountId", "42", "passphrase", "open sesame", "pin", "1234"));

        assertThatExceptionOfType(MonarchException.class)
                .isThrownBy(() -> run(mongo, querySet, request.parameters()))
                .withMessageContaining("cannot open with ***")
                .withMessageNotContaining("sesame");
        assertThat(request).hasToString("Accounts [accountId, passphrase, pin]");
    }

    @Test
    @MongoTest
    void secretsAreRedactedInCauses(TestMongo mongo) {
        Parameter<List<Integer>> codes = Parameter.integer("codes").list().secret();
        QuerySet querySet = new WrittenInPlace("Vault", List.of(PASSPHRASE, codes), context -> {
            IllegalArgumentException cause =
                    new IllegalArgumentException("no key for " + context.value(PASSPHRASE), new IOException("4711"));
            IllegalStateException failure = new IllegalStateException("closed", cause);
            failure.addSuppressed(new IllegalStateException("nor for " + context.value(codes)));
            throw failure;
        });

        assertThatExceptionOfType(TransferFailedException.class)
                .isThrownBy(() -> run(mongo, querySet, Map.of("passphrase", "open sesame", "codes", "4711, 815")))
                .satisfies(e -> assertThat(stackTrace(e))
                        .contains(
                                "java.lang.IllegalStateException: closed",
                                "no key for ***",
                                "java.io.IOException: ***",
                                "nor for ***",
                                "ParameterTests.java")
                        .doesNotContain("sesame", "4711", "815"));
    }

    @Test
    @MongoTest
    void secretsAreRedactedInProblemsOfTheSelection(TestMongo mongo) {
        QuerySet said = set(context -> {
            throw new InvalidRequestException("production", "open", List.of("No " + context.value(PASSPHRASE) + "."));
        });
        QuerySet wished = set(context -> context.dump("vault of " + context.value(PASSPHRASE)));
        Map<String, String> parameters = Map.of("accountId", "42", "passphrase", "open sesame", "pin", "1234");

        assertThatExceptionOfType(MonarchException.class)
                .isThrownBy(() -> run(mongo, said, parameters))
                .satisfies(e -> assertThat(stackTrace(e)).contains("No ***.").doesNotContain("sesame"));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> run(mongo, wished, parameters).selected(new CatalogueReader(mongo.database()).read()))
                .withMessageContaining("There is no collection 'vault of ***'.");
    }

    private static String stackTrace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }

    private static QuerySet set(Consumer<QuerySetContext> run) {
        return new WrittenInPlace("Accounts", List.of(ACCOUNT, PASSPHRASE, SINCE, PIN), run);
    }

    private static QuerySetSubset run(TestMongo mongo, QuerySet querySet, Map<String, String> parameters) {
        MonarchEnvironment production = new Kennel(mongo).environment();
        return (QuerySetSubset) new QuerySets(List.of(querySet), null, null)
                .run(new QuerySetRequest(querySet.name(), parameters), production, ReadPreference.primary());
    }
}

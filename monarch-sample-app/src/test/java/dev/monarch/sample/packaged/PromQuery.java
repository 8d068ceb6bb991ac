package dev.monarch.sample.packaged;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.DoubleBinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.monarch.test.Scrape;
import dev.monarch.test.Scrape.Series;

/**
 * Evaluates the part of PromQL that docs/monitoring uses, at the time of one scrape and with another one that was made an hour
 * before. It knows no other times, so a range has two samples at most, and {@code increase} is their difference.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/operators/">Prometheus: operators</a>
 */
final class PromQuery {

    private static final Pattern TOKEN =
            Pattern.compile("\\s*(\"[^\"]*\"|[a-zA-Z_]\\w*|\\d+[smhd]|[0-9.]+|=~|!~|!=|==|<=|>=|[-+*/<>=(){}\\[\\],])");

    private static final Map<String, DoubleBinaryOperator> AGGREGATIONS = Map.of(
            "sum", Double::sum,
            "min", (one, other) -> one < other || Double.isNaN(other) ? one : other,
            "max", (one, other) -> one > other || Double.isNaN(other) ? one : other);

    private static final Map<String, BiPredicate<Double, Double>> COMPARISONS = Map.of(
            "==", (one, other) -> one.doubleValue() == other.doubleValue(),
            ">", (one, other) -> one > other,
            ">=", (one, other) -> one >= other,
            "<", (one, other) -> one < other,
            "<=", (one, other) -> one <= other);

    private static final Map<String, BiPredicate<String, String>> MATCHERS = Map.of(
            "=",
            String::equals,
            "!=",
            (value, other) -> !value.equals(other),
            "=~",
            String::matches,
            "!~",
            (value, other) -> !value.matches(other));

    private final List<String> tokens;

    private final Scrape now;

    private final Scrape hourAgo;

    private int next;

    private PromQuery(String query, Scrape now, Scrape hourAgo) {
        this.tokens = tokens(query);
        this.now = now;
        this.hourAgo = hourAgo;
    }

    /** Evaluates a query. The result is empty if it finds nothing. */
    static List<Series> evaluate(String query, Scrape now, Scrape hourAgo) {
        PromQuery parser = new PromQuery(query, now, hourAgo);
        List<Series> found = parser.or();
        if (parser.next < parser.tokens.size()) {
            throw new AssertionError("Unexpected '" + parser.peek() + "' in " + query);
        }
        return found;
    }

    private static List<String> tokens(String query) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(query.strip());
        int end = 0;
        while (matcher.lookingAt()) {
            tokens.add(matcher.group(1));
            end = matcher.end();
            matcher.region(end, query.strip().length());
        }
        if (end != query.strip().length()) {
            throw new AssertionError("No PromQL that this evaluator knows: " + query.substring(end));
        }
        return tokens;
    }

    private String peek() {
        return next < tokens.size() ? tokens.get(next) : "";
    }

    private String take() {
        return tokens.get(next++);
    }

    private boolean takes(String token) {
        boolean taken = peek().equals(token);
        next += taken ? 1 : 0;
        return taken;
    }

    private void require(String token) {
        if (!takes(token)) {
            throw new AssertionError("'" + token + "' expected before '" + peek() + "' in " + tokens);
        }
    }

    private List<Series> or() {
        List<Series> found = new ArrayList<>(unless());
        while (takes("or")) {
            Set<Map<String, String>> known = labels(found);
            unless().stream().filter(series -> !known.contains(series.labels())).forEach(found::add);
        }
        return found;
    }

    private List<Series> unless() {
        List<Series> found = comparison();
        while (takes("unless")) {
            Set<Map<String, String>> excluded = labels(comparison());
            found = found.stream()
                    .filter(series -> !excluded.contains(series.labels()))
                    .toList();
        }
        return found;
    }

    private static Set<Map<String, String>> labels(List<Series> all) {
        return all.stream().map(Series::labels).collect(Collectors.toSet());
    }

    private List<Series> comparison() {
        List<Series> found = primary();
        if (!COMPARISONS.containsKey(peek())) {
            return found;
        }
        BiPredicate<Double, Double> comparison = Objects.requireNonNull(COMPARISONS.get(take()));
        if (!peek().matches("[0-9.]+")) {
            return matching(found, comparison, primary());
        }
        double number = Double.parseDouble(take());
        return found.stream()
                .filter(series -> comparison.test(series.value(), number))
                .toList();
    }

    /** Compares series with those of the same labels. One without a partner is left out. */
    private static List<Series> matching(
            List<Series> found, BiPredicate<Double, Double> comparison, List<Series> others) {
        return found.stream()
                .filter(series -> others.stream()
                        .anyMatch(other -> other.labels().equals(series.labels())
                                && comparison.test(series.value(), other.value())))
                .toList();
    }

    private List<Series> primary() {
        if (takes("(")) {
            return inParentheses();
        }
        String word = take();
        if (AGGREGATIONS.containsKey(word)) {
            require("by");
            List<String> by = labelNames();
            require("(");
            return aggregated(inParentheses(), by, Objects.requireNonNull(AGGREGATIONS.get(word)));
        }
        if (word.equals("absent")) {
            require("(");
            return inParentheses().isEmpty() ? List.of(new Series("", Map.of(), 1)) : List.of();
        }
        if (word.equals("increase")) {
            require("(");
            List<Series> increased = increase(selector(take()));
            require(")");
            return increased;
        }
        Selector selector = selector(word);
        return selector.in(takes("offset") && !take().isEmpty() ? hourAgo : now);
    }

    private List<Series> inParentheses() {
        List<Series> found = or();
        require(")");
        return found;
    }

    private List<String> labelNames() {
        require("(");
        List<String> names = new ArrayList<>();
        while (!takes(")")) {
            names.add(take());
            takes(",");
        }
        return names;
    }

    /** A label that no series has would make one group of all: a mistake that Prometheus does not report. */
    private static List<Series> aggregated(List<Series> all, List<String> by, DoubleBinaryOperator operator) {
        Map<Map<String, String>, Double> groups = new LinkedHashMap<>();
        for (Series series : all) {
            Map<String, String> group = new TreeMap<>(series.labels());
            group.keySet().retainAll(by);
            if (!group.keySet().containsAll(by)) {
                throw new AssertionError(series + " has not all labels of " + by);
            }
            groups.merge(group, series.value(), operator::applyAsDouble);
        }
        return groups.entrySet().stream()
                .map(group -> new Series("", group.getKey(), group.getValue()))
                .toList();
    }

    private List<Series> increase(Selector selector) {
        require("[");
        take();
        require("]");
        Map<Map<String, String>, Double> before =
                selector.in(hourAgo).stream().collect(Collectors.toMap(Series::labels, Series::value));
        return selector.in(now).stream()
                .filter(series -> before.containsKey(series.labels()))
                .map(series -> new Series(
                        "", series.labels(), series.value() - Objects.requireNonNull(before.get(series.labels()))))
                .toList();
    }

    private Selector selector(String name) {
        List<BiPredicate<String, Map<String, String>>> matchers = new ArrayList<>();
        if (takes("{")) {
            while (!takes("}")) {
                String label = take();
                BiPredicate<String, String> matcher = Objects.requireNonNull(MATCHERS.get(take()));
                String expected = take().replace("\"", "");
                matchers.add((metric, labels) -> {
                    String value = labels.get(label);
                    if (value == null) {
                        throw new AssertionError(metric + " has no label " + label);
                    }
                    return matcher.test(value, expected);
                });
                takes(",");
            }
        }
        return new Selector(name, matchers);
    }

    private record Selector(String name, List<BiPredicate<String, Map<String, String>>> matchers) {

        List<Series> in(Scrape scrape) {
            return scrape.named(name).stream()
                    .filter(series -> matchers.stream().allMatch(matcher -> matcher.test(name, series.labels())))
                    .toList();
        }
    }

    /** Returns the names of the metrics that a query selects. */
    static Set<String> metrics(String query) {
        return Arrays.stream(query.split("[^\\w]+"))
                .filter(word -> word.startsWith("monarch_") && !word.equals("monarch_environment"))
                .filter(word -> !word.equals("monarch_store") && !word.equals("monarch_backfill"))
                .collect(Collectors.toSet());
    }
}

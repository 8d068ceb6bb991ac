package dev.monarch.test;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Prometheus would read from an application.
 *
 * @param series all series
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus: exposition formats</a>
 */
public record Scrape(List<Series> series) {

    private static final Pattern LINE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)\\})? (\\S+)$");

    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    /**
     * A series.
     *
     * @param name the name of the metric
     * @param labels its labels, without the name
     * @param value its value
     */
    public record Series(String name, Map<String, String> labels, double value) {}

    /**
     * Parses the text format. Label values must not contain quotes.
     *
     * @param text the text
     * @return the series
     */
    public static Scrape of(String text) {
        return new Scrape(LINE.matcher(text).results().map(Scrape::series).toList());
    }

    private static Series series(MatchResult line) {
        Map<String, String> labels = LABEL.matcher(line.group(2) == null ? "" : line.group(2))
                .results()
                .collect(Collectors.toMap(
                        label -> label.group(1), label -> label.group(2), (one, other) -> one, TreeMap::new));
        return new Series(line.group(1), labels, value(line.group(3)));
    }

    private static double value(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    /**
     * Returns the series of a metric.
     *
     * @param name the name of the metric
     * @return its series
     */
    public List<Series> named(String name) {
        return series.stream().filter(one -> one.name().equals(name)).toList();
    }

    /**
     * Returns the value of the only series of a metric that has a label of a given value.
     *
     * @param name the name of the metric
     * @param label the value of the label
     * @return its value; NaN if there is not exactly one such series
     */
    public double value(String name, String label) {
        List<Series> found = named(name).stream()
                .filter(one -> one.labels().containsValue(label))
                .toList();
        return found.size() == 1 ? found.get(0).value() : Double.NaN;
    }

    /**
     * Tells whether there is a metric with such a name.
     *
     * @param name tests the name
     * @return whether there is one
     */
    public boolean has(Predicate<String> name) {
        return series.stream().map(Series::name).anyMatch(name);
    }
}

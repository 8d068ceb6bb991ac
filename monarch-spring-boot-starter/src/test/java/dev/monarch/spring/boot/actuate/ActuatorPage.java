package dev.monarch.spring.boot.actuate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The examples of docs/actuator.md, and a comparison without values that differ in each run. */
final class ActuatorPage {

    private static final Path PAGE = Path.of("../docs/actuator.md");

    private static final Pattern EXAMPLE =
            Pattern.compile("(?m)^`((?:GET|POST) /\\S+)`[^\\n]*\\n+```json\\n(.*?)```", Pattern.DOTALL);

    /** Fields whose values differ in each run. */
    private static final Map<String, String> VARYING = Map.ofEntries(
            Map.entry("at", "a time"),
            Map.entry("since", "a time"),
            Map.entry("created", "a time"),
            Map.entry("started", "a time"),
            Map.entry("ended", "a time"),
            Map.entry("finished", "a time"),
            Map.entry("next", "a time"),
            Map.entry("due", "a time"),
            Map.entry("host", "a process"),
            Map.entry("hosts", "some hosts"),
            Map.entry("database", "a database"),
            Map.entry("version", "a version"),
            Map.entry("compression", "a compression"),
            Map.entry("consistency", "a consistency"),
            Map.entry("tookMillis", "a number"),
            Map.entry("bytes", "a number"),
            Map.entry("documents", "a number"),
            Map.entry("storedBytes", "a number"));

    private ActuatorPage() {}

    /** The examples by their request. */
    static Map<String, JsonNode> examples() {
        try {
            return EXAMPLE.matcher(Files.readString(PAGE))
                    .results()
                    .collect(Collectors.toMap(
                            example -> example.group(1),
                            example -> JsonMapper.shared().readTree(example.group(2)),
                            (one, other) -> one,
                            TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode example(String request) {
        return Objects.requireNonNull(examples().get(request), request);
    }

    /** Replaces values that differ in each run. */
    static JsonNode comparable(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode comparable = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(field -> comparable.set(field.getKey(), comparable(field.getKey(), field.getValue())));
            if (object.path("unit").isString()) {
                comparable.put("done", "bytes").put("total", "bytes");
            }
            return comparable;
        }
        if (node instanceof ArrayNode array) {
            return JsonNodeFactory.instance
                    .arrayNode()
                    .addAll(StreamSupport.stream(array.spliterator(), false)
                            .map(ActuatorPage::comparable)
                            .toList());
        }
        return node;
    }

    private static JsonNode comparable(String field, JsonNode value) {
        if (VARYING.containsKey(field) && (!value.isContainer() || field.equals("hosts"))) {
            return JsonNodeFactory.instance.stringNode(VARYING.get(field));
        }
        if (!value.isString()) {
            return comparable(value);
        }
        String text = value.stringValue();
        return JsonNodeFactory.instance.stringNode(
                field.equals("stack")
                        ? text.lines().findFirst().orElse("")
                        : text.replaceAll("__[0-9_]+T[0-9]+Z", "__TIME")
                                .replaceAll("\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}\\b", "AN ID"));
    }
}

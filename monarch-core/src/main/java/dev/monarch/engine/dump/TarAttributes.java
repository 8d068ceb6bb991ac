package dev.monarch.engine.dump;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The attributes of pax before a header: {@code "LENGTH KEY=VALUE\n"}, in UTF-8. They replace fields that are too
 * short.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html">the format</a>
 */
record TarAttributes(Map<String, String> values) {

    static final TarAttributes NONE = new TarAttributes(Map.of());

    private static final String PATH = "path";

    private static final String SIZE = "size";

    private static final String SPARSE = "GNU.sparse.";

    /**
     * Parses attributes.
     *
     * @throws IllegalArgumentException if they are invalid
     */
    static TarAttributes of(byte[] bytes) {
        Map<String, String> values = new HashMap<>();
        int at = 0;
        while (at < bytes.length && bytes[at] != 0) {
            int space = at;
            while (space < bytes.length && bytes[space] != ' ') {
                space++;
            }
            int length = Integer.parseInt(new String(bytes, at, space - at, StandardCharsets.US_ASCII));
            int end = at + length;
            if (length <= space - at || end > bytes.length || bytes[end - 1] != '\n') {
                throw new IllegalArgumentException("An attribute has a wrong length");
            }
            String attribute = new String(bytes, space + 1, end - space - 2, StandardCharsets.UTF_8);
            int equals = attribute.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("An attribute has no value");
            }
            values.put(attribute.substring(0, equals), attribute.substring(equals + 1));
            at = end;
        }
        return new TarAttributes(values);
    }

    /** {@return these attributes and others, which take precedence} */
    TarAttributes with(TarAttributes others) {
        Map<String, String> all = new HashMap<>(values);
        all.putAll(others.values());
        return new TarAttributes(all);
    }

    TarAttributes withPath(String path) {
        return with(new TarAttributes(Map.of(PATH, path)));
    }

    Optional<String> path() {
        return Optional.ofNullable(values.get(PATH)).filter(path -> !path.isEmpty());
    }

    /**
     * {@return the size, if there is one}
     *
     * @throws IllegalArgumentException if it is not a number
     */
    OptionalLong size() {
        String size = values.get(SIZE);
        return size == null || size.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(size));
    }

    boolean isSparse() {
        return values.keySet().stream().anyMatch(key -> key.startsWith(SPARSE));
    }
}

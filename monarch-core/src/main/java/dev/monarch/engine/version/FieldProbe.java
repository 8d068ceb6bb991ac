package dev.monarch.engine.version;

import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A document that has every field it is asked for. It shows which fields a change reads, so that a change can be tried without
 * documents of the collection.
 */
final class FieldProbe extends Document {

    private static final long serialVersionUID = 1L;

    private static final ObjectId ID = new ObjectId("656d00000000000000000007");

    /** The values that a field may have if its type is not asked for. */
    static final List<Object> VALUES = List.of(7, 7L, 7.5, "seven", true, new Date(7), ID, List.of(7), new Document());

    private final transient Object value;

    private final transient Document given = new Document();

    private final transient Set<Object> asked = new HashSet<>();

    FieldProbe(Object value) {
        this.value = value;
    }

    /** {@return the fields that it was asked for, with the values that it gave} */
    Document given() {
        Document copy = new Document();
        given.forEach((name, field) -> copy.put(name, field instanceof FieldProbe nested ? nested.given() : field));
        return copy;
    }

    private void ask(Object key, Object answer) {
        if (asked.add(key) && !super.containsKey(key)) {
            Object field = answer instanceof Document ? new FieldProbe(7) : answer;
            given.put(String.valueOf(key), field);
            super.put(String.valueOf(key), field);
        }
    }

    @Override
    public @Nullable Object put(String key, Object field) {
        asked.add(key);
        return super.put(key, field);
    }

    @Override
    public @Nullable Object remove(Object key) {
        ask(key, value);
        return super.remove(key);
    }

    @Override
    public boolean containsKey(Object key) {
        ask(key, value);
        return super.containsKey(key);
    }

    @Override
    public @Nullable Object get(Object key) {
        ask(key, value);
        return super.get(key);
    }

    @Override
    public <T> @Nullable T get(Object key, Class<T> type) {
        ask(key, VALUES.stream().filter(type::isInstance).findFirst().orElse(value));
        return super.get(key, type);
    }

    @Override
    public String getString(Object key) {
        return typed(key, "seven");
    }

    @Override
    public Integer getInteger(Object key) {
        return typed(key, 7);
    }

    @Override
    public Long getLong(Object key) {
        return typed(key, 7L);
    }

    @Override
    public Double getDouble(Object key) {
        return typed(key, 7.5);
    }

    @Override
    public Boolean getBoolean(Object key) {
        return typed(key, true);
    }

    @Override
    public Date getDate(Object key) {
        return typed(key, new Date(7));
    }

    @Override
    public ObjectId getObjectId(Object key) {
        return typed(key, ID);
    }

    @SuppressWarnings(
            "unchecked") // If a change asks for a field by two types, it fails here, and the probe is not used.
    private <T> T typed(Object key, T answer) {
        ask(key, answer);
        return (T) super.get(key, answer.getClass());
    }
}

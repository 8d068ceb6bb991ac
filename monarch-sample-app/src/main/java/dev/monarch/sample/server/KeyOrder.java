package dev.monarch.sample.server;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.Iterator;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.ValueComparator;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;

/**
 * Orders the keys of a map as MongoDB orders values.
 *
 * <p>By default the store compares serialized keys. The serialized form of a document depends on the capacity of its
 * hash table, so it differs for equal documents, and before and after a document has been read from the file.
 */
final class KeyOrder extends BasicDataType<Object> {

    private static final Comparator<Object> VALUES = ValueComparator.ascWithoutListHandling();

    private final ObjectDataType objects = new ObjectDataType();

    @Override
    public int compare(Object one, Object other) {
        return one instanceof KeyValue key && other instanceof KeyValue otherKey
                ? compare(key.iterator(), otherKey.iterator())
                : VALUES.compare(one, other);
    }

    /** Keys of one index have the same number of values. */
    private static int compare(Iterator<Object> values, Iterator<Object> others) {
        int result = 0;
        while (result == 0 && values.hasNext() && others.hasNext()) {
            result = VALUES.compare(values.next(), others.next());
        }
        return result;
    }

    @Override
    public int getMemory(Object key) {
        return objects.getMemory(key);
    }

    @Override
    public void write(WriteBuffer buffer, Object key) {
        objects.write(buffer, key);
    }

    @Override
    public Object read(ByteBuffer buffer) {
        return objects.read(buffer);
    }

    @Override
    public Object[] createStorage(int size) {
        return new Object[size];
    }
}

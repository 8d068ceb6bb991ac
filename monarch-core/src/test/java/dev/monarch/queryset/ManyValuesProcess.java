package dev.monarch.queryset;

import java.util.List;

import org.bson.BsonString;
import org.bson.BsonValue;

/** Takes many values, each twice, as references do. */
final class ManyValuesProcess {

    private ManyValuesProcess() {}

    public static void main(String[] arguments) {
        int count = Integer.parseInt(arguments[0]);
        try (ScratchFiles files = new ScratchFiles()) {
            SeenValues seen = new SeenValues(files);
            ValueSpool spool = new ValueSpool(files);
            int fresh = 0;
            for (int i = 0; i < 2 * count; i++) {
                BsonValue value = new BsonString("customer-" + i % count);
                if (seen.add(value)) {
                    spool.add(value);
                    fresh++;
                }
            }
            spool.flush();
            System.out.println("new " + fresh + ", read " + count(spool));
        }
    }

    private static long count(ValueSpool spool) {
        ValueSpool.Reader reader = spool.reader();
        long count = 0;
        for (List<BsonValue> chunk = reader.next(ChunkLimits.DEFAULT);
                !chunk.isEmpty();
                chunk = reader.next(ChunkLimits.DEFAULT)) {
            count += chunk.size();
        }
        return count;
    }
}

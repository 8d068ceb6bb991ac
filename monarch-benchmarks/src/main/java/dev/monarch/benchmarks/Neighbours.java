package dev.monarch.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.bson.Document;

/**
 * Four clients of an application: 80 % of their operations read a document by its id, 20 % update one. Each begins the next
 * operation when the last one has ended, and measures it.
 */
final class Neighbours implements AutoCloseable {

    static final String DATABASE = "neighbour";

    private static final int CLIENTS = 4;

    private static final int READS_PERCENT = 80;

    private static final int DOCUMENTS = 100_000;

    private static final int BATCH = 10_000;

    private final MongoClient client;

    private final List<Neighbour> clients = new ArrayList<>();

    private final List<CompletableFuture<Void>> running = new ArrayList<>();

    private Neighbours(MongoClient client) {
        this.client = client;
    }

    static void fill(MongoClient client) {
        MongoCollection<Document> orders = client.getDatabase(DATABASE).getCollection("orders");
        for (int begin = 0; begin < DOCUMENTS; begin += BATCH) {
            List<Document> batch = new ArrayList<>();
            for (int i = begin; i < begin + BATCH; i++) {
                batch.add(new Document("_id", i).append("n", 0).append("text", "x".repeat(500)));
            }
            orders.insertMany(batch);
        }
    }

    /** Starts the clients. */
    static Neighbours start(String uri) {
        Neighbours neighbours = new Neighbours(MongoClients.create(uri));
        for (int i = 0; i < CLIENTS; i++) {
            Neighbour neighbour =
                    new Neighbour(neighbours.client.getDatabase(DATABASE).getCollection("orders"), new Random(i));
            neighbours.clients.add(neighbour);
            neighbours.running.add(
                    CompletableFuture.runAsync(neighbour, task -> new Thread(task, "neighbour").start()));
        }
        return neighbours;
    }

    /** Forgets what was measured so far. */
    void reset() {
        clients.forEach(Neighbour::reset);
    }

    Latencies latencies() {
        return Latencies.of(clients.stream()
                .map(Neighbour::measured)
                .flatMapToLong(Arrays::stream)
                .sorted()
                .toArray());
    }

    @Override
    public void close() {
        clients.forEach(Neighbour::stop);
        running.forEach(CompletableFuture::join);
        client.close();
    }

    /** Latencies in milliseconds. */
    record Latencies(double p50, double p95, double p99) {

        private static Latencies of(long[] sorted) {
            return new Latencies(at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99));
        }

        private static double at(long[] sorted, double percentile) {
            return sorted.length == 0
                    ? Double.NaN
                    : sorted[Math.max(0, (int) Math.ceil(percentile * sorted.length) - 1)] / 1e6;
        }
    }

    private static final class Neighbour implements Runnable {

        private final MongoCollection<Document> orders;

        private final Random random;

        private volatile boolean stopped;

        private long[] measured = new long[1 << 16];

        private int count;

        private Neighbour(MongoCollection<Document> orders, Random random) {
            this.orders = orders;
            this.random = random;
        }

        @Override
        public void run() {
            while (!stopped) {
                long begun = System.nanoTime();
                int id = random.nextInt(DOCUMENTS);
                if (random.nextInt(100) < READS_PERCENT) {
                    orders.find(Filters.eq(id)).first();
                } else {
                    orders.updateOne(Filters.eq(id), Updates.inc("n", 1));
                }
                add(System.nanoTime() - begun);
            }
        }

        private synchronized void add(long nanos) {
            if (count == measured.length) {
                measured = Arrays.copyOf(measured, 2 * count);
            }
            measured[count++] = nanos;
        }

        private synchronized void reset() {
            count = 0;
        }

        private synchronized long[] measured() {
            return Arrays.copyOf(measured, count);
        }

        private void stop() {
            stopped = true;
        }
    }
}

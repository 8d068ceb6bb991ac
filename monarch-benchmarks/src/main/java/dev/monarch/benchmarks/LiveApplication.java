package dev.monarch.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import org.bson.Document;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.mapping.Field;

import dev.monarch.version.DocumentVersion;
import dev.monarch.version.DocumentVersionChange;

/**
 * One instance of an application that reads and writes dogs, of the build whose documents have version 1 or of that with
 * version 2.
 *
 * <p>Arguments: {@code old}, {@code new}, or {@code worker} for an instance of the new build without users; the number of this
 * instance, the number of instances, the number of dogs, then those of Spring. It reads any dog, and writes the dogs of its own, by reading and saving the whole document. It knows what it
 * has written, so that it finds each lost write. It obeys the lines of its input: {@code begin}, {@code report},
 * {@code stop} and {@code check}. Not a component.
 */
public final class LiveApplication {

    static final String COLLECTION = "dogs";

    static final double KILOGRAMS = 0.5;

    private static final int CLIENTS = 2;

    private static final int READS_PERCENT = 80;

    /** Each client begins an operation this often, or later if the last one has not ended. */
    private static final long BETWEEN_OPERATIONS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Dogs dogs;

    private final MongoCollection<Document> stored;

    private final int number;

    private final int instances;

    private final int documents;

    private final List<Client> clients = new ArrayList<>();

    private LiveApplication(Dogs dogs, MongoCollection<Document> stored, int number, int instances, int documents) {
        this.dogs = dogs;
        this.stored = stored;
        this.number = number;
        this.instances = instances;
        this.documents = documents;
    }

    /** Reads and writes dogs through a template, with the classes of one build. */
    private interface Dogs {

        /** {@return the weight in pounds} */
        double weight(int id);

        /** Adds a visit and a pound. */
        void visit(int id);
    }

    /** A dog of version 1. */
    @org.springframework.data.mongodb.core.mapping.Document(COLLECTION)
    record OldDog(@Id int id, String name, double weight, int visits) {}

    /** A dog of version 2. */
    @org.springframework.data.mongodb.core.mapping.Document(COLLECTION)
    record NewDog(
            @Id int id, String name, @Field("weight_kg") double weightKg, int visits) {}

    private record OldDogs(MongoTemplate template) implements Dogs {

        @Override
        public double weight(int id) {
            return find(id).weight();
        }

        @Override
        public void visit(int id) {
            OldDog dog = find(id);
            template.save(new OldDog(id, dog.name(), dog.weight() + 1, dog.visits() + 1));
        }

        private OldDog find(int id) {
            return java.util.Objects.requireNonNull(template.findById(id, OldDog.class));
        }
    }

    private record NewDogs(MongoTemplate template) implements Dogs {

        @Override
        public double weight(int id) {
            return find(id).weightKg() / KILOGRAMS;
        }

        @Override
        public void visit(int id) {
            NewDog dog = find(id);
            template.save(new NewDog(id, dog.name(), dog.weightKg() + KILOGRAMS, dog.visits() + 1));
        }

        private NewDog find(int id) {
            return java.util.Objects.requireNonNull(template.findById(id, NewDog.class));
        }
    }

    /** The build with version 1. */
    @EnableAutoConfiguration
    public static class Old {}

    /** The build with version 2. */
    @EnableAutoConfiguration
    public static class New {

        @Bean
        @DocumentVersion(collection = COLLECTION, version = 2)
        DocumentVersionChange weightInKilograms() {
            return new WeightInKilograms();
        }
    }

    private static final class WeightInKilograms implements DocumentVersionChange {

        @Override
        public void upgrade(Document dog) {
            if (dog.remove("weight") instanceof Number pounds) {
                dog.put("weight_kg", pounds.doubleValue() * KILOGRAMS);
            }
        }

        @Override
        public void downgrade(Document dog) {
            if (dog.remove("weight_kg") instanceof Number kilograms) {
                dog.put("weight", kilograms.doubleValue() / KILOGRAMS);
            }
        }
    }

    static double weightOf(int id) {
        return 10 + id % 90;
    }

    /**
     * Starts it, and obeys its input until that ends.
     *
     * @param arguments the build, the number of this instance, of all instances and of dogs, and Spring's arguments
     * @throws IOException if the input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        boolean old = arguments[0].equals("old");
        String[] spring = java.util.Arrays.copyOfRange(arguments, 4, arguments.length);
        try (ConfigurableApplicationContext context = SpringApplication.run(old ? Old.class : New.class, spring)) {
            MongoTemplate template = context.getBean(MongoTemplate.class);
            MongoCollection<Document> stored = context.getBean(com.mongodb.client.MongoClient.class)
                    .getDatabase(template.getDb().getName())
                    .getCollection(COLLECTION);
            if (arguments[0].equals("worker")) {
                answer("ready");
                System.in.readAllBytes();
                return;
            }
            new LiveApplication(
                            old ? new OldDogs(template) : new NewDogs(template),
                            stored,
                            Integer.parseInt(arguments[1]),
                            Integer.parseInt(arguments[2]),
                            Integer.parseInt(arguments[3]))
                    .obey();
        }
    }

    private void obey() throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(i));
        }
        clients.forEach(Thread::start);
        answer("ready");
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            switch (order) {
                case "begin" -> clients.forEach(Client::begin);
                case "report" -> report();
                case "stop" -> stop();
                case "check" ->
                    answer("lost " + clients.stream().mapToLong(Client::lost).sum());
                default -> throw new IllegalArgumentException(order);
            }
        }
    }

    private void report() {
        StringBuilder text = new StringBuilder("latencies");
        clients.forEach(
                client -> client.latencies().forEach(nanos -> text.append(' ').append(nanos / 1000)));
        answer(text.toString());
    }

    private void stop() {
        clients.forEach(Client::end);
        answer("stopped "
                + clients.stream().mapToLong(client -> client.operations).sum() + " "
                + clients.stream().mapToLong(client -> client.writes).sum() + " "
                + clients.stream().mapToLong(client -> client.failed).sum());
    }

    private static void answer(String text) {
        System.out.println(ForkedMonarch.DONE + text);
    }

    /** One client. Its own dogs are those that no other client of any instance writes. */
    private final class Client extends Thread {

        private final int share;

        private final Random random;

        private final Map<Integer, Integer> visits = new HashMap<>();

        private List<Long> latencies = new ArrayList<>();

        private volatile boolean ended;

        private long operations;

        private long writes;

        private long failed;

        private Client(int of) {
            super("client-" + of);
            this.share = number * CLIENTS + of;
            this.random = new Random(share);
            setDaemon(true);
        }

        @Override
        public void run() {
            long next = System.nanoTime();
            while (!ended) {
                long begun = System.nanoTime();
                try {
                    operate();
                } catch (RuntimeException e) {
                    failed++;
                    e.printStackTrace();
                }
                add(System.nanoTime() - begun);
                operations++;
                next = Math.max(System.nanoTime(), next + BETWEEN_OPERATIONS);
                pauseUntil(next);
            }
        }

        private void operate() {
            if (random.nextInt(100) < READS_PERCENT) {
                int id = random.nextInt(documents);
                double weight = dogs.weight(id);
                if (weight < weightOf(id)) {
                    throw new IllegalStateException("Dog " + id + " weighs " + weight);
                }
            } else {
                int all = instances * CLIENTS;
                int id = share + all * random.nextInt(documents / all);
                dogs.visit(id);
                visits.merge(id, 1, Integer::sum);
                writes++;
            }
        }

        private synchronized void add(long nanos) {
            latencies.add(nanos);
        }

        private synchronized void begin() {
            latencies = new ArrayList<>();
        }

        private synchronized List<Long> latencies() {
            return List.copyOf(latencies);
        }

        private void end() {
            ended = true;
            try {
                join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** {@return how many of the dogs that it has written differ from what it wrote} */
        private long lost() {
            long lost = 0;
            for (Map.Entry<Integer, Integer> written : visits.entrySet()) {
                Document dog = stored.find(Filters.eq(written.getKey())).first();
                double pounds = weightOf(written.getKey()) + written.getValue();
                if (dog == null
                        || !written.getValue().equals(dog.getInteger("visits"))
                        || !Integer.valueOf(2).equals(dog.getInteger("_v"))
                        || !Double.valueOf(pounds * KILOGRAMS).equals(dog.getDouble("weight_kg"))) {
                    System.out.printf(Locale.ROOT, "%s is not right: %s%n", written, dog);
                    lost++;
                }
            }
            return lost;
        }
    }

    private static void pauseUntil(long nanoTime) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.monarch.sample.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.bson.Document;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A user of the kennel's HTTP API, at a constant rate. Each write makes a dog one kilogram heavier, so a dog must never be
 * lighter than this client has seen it before, whichever build answers.
 */
final class KennelClient implements AutoCloseable {

    private static final long PACE_MILLIS = 10;

    /**
     * The API of one build.
     *
     * @param port its port
     * @param weight the field of a dog's weight
     * @param kilogram one kilogram in that field
     * @param meals whether this client sends updates, too, or only whole dogs
     */
    record Api(int port, String weight, int kilogram, boolean meals) {}

    private final HttpClient http = HttpClient.newHttpClient();

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    private final Map<String, Integer> kilograms = new HashMap<>();

    private final Random random;

    private final int dogs;

    private final ScheduledFuture<?> requests;

    private volatile Api api;

    private volatile long writes;

    private volatile long reads;

    private KennelClient(int seed, int dogs, Api api) {
        this.random = new Random(seed);
        this.dogs = dogs;
        this.api = api;
        this.requests = clock.scheduleWithFixedDelay(this::request, 0, PACE_MILLIS, TimeUnit.MILLISECONDS);
    }

    static KennelClient start(int seed, int dogs, Api api) {
        return new KennelClient(seed, dogs, api);
    }

    /** Sends all requests to another build, as a load balancer does. */
    void moveTo(Api next) {
        api = next;
    }

    /** {@return how many writes succeeded} */
    long writes() {
        return writes;
    }

    /** Fails if a request has failed, and returns the number of all. */
    long requests() {
        if (requests.isDone()) {
            try {
                requests.get();
            } catch (Exception e) {
                throw new AssertionError("A request failed", e);
            }
        }
        return reads + writes;
    }

    /** Ends after the current request. */
    long stop() throws InterruptedException {
        long before = requests();
        clock.shutdown();
        assertThat(clock.awaitTermination(Kennel.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(before).isPositive();
        return writes;
    }

    private void request() {
        Api now = api;
        String path = "/dogs/dog-%04d".formatted(1 + random.nextInt(dogs));
        Document dog = read(now, path);
        reads++;
        int choice = random.nextInt(4);
        if (choice == 0 && now.meals()) {
            see(
                    now,
                    Document.parse(
                            accepted(send(now, "POST", path + "/meals", "")).orElseThrow()));
            writes++;
        } else if (choice <= 1) {
            dog.merge(now.weight(), now.kilogram(), (one, other) -> (Integer) one + (Integer) other);
            // Another client may have been faster. Every client must expect this.
            accepted(send(now, "PUT", path, dog.toJson())).ifPresent(replaced -> {
                see(now, Document.parse(replaced));
                writes++;
            });
        }
    }

    private Document read(Api now, String path) {
        Document dog = Document.parse(accepted(send(now, "GET", path, "")).orElseThrow());
        see(now, dog);
        return dog;
    }

    private void see(Api now, Document dog) {
        int grown = dog.getInteger(now.weight());
        assertThat(grown % now.kilogram()).as("%s", dog).isZero();
        assertThat(grown / now.kilogram())
                .as("%s in version of '%s'", dog, now.weight())
                .isGreaterThanOrEqualTo(kilograms.getOrDefault(dog.getString("id"), 3));
        assertThat(dog).containsKeys("name", "breed", "house");
        kilograms.put(dog.getString("id"), grown / now.kilogram());
    }

    /** Returns the answer; empty if the dog has changed meanwhile. */
    private static Optional<String> accepted(HttpResponse<String> response) {
        if (response.statusCode() == 409) {
            return Optional.empty();
        }
        assertThat(response.statusCode())
                .as("%s: %s", response.request(), response.body())
                .isEqualTo(200);
        return Optional.of(response.body());
    }

    private HttpResponse<String> send(Api now, String method, String path, String json) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + now.port() + path))
                            .timeout(Kennel.PATIENCE)
                            .header("Content-Type", "application/json")
                            .method(method, BodyPublishers.ofString(json))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}

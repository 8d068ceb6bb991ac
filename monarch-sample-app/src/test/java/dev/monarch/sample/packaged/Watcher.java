package dev.monarch.sample.packaged;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.mongodb.ReadConcern;
import com.mongodb.client.MongoCollection;
import org.bson.Document;

import dev.monarch.test.TestMongo;

/**
 * Polls instances. When the first one serves, it reads from the majority of the replica set which migrations are
 * applied.
 */
final class Watcher {

    /**
     * The first answer of an instance.
     *
     * @param status its HTTP status
     * @param applied the migrations that were applied by then, in their order
     */
    record FirstAnswer(int status, List<String> applied) {}

    private final MongoCollection<Document> history;

    private final List<Integer> ports;

    private final Map<Integer, FirstAnswer> answers = new TreeMap<>();

    Watcher(TestMongo mongo, List<Integer> ports) {
        this.history = mongo.database().getCollection("monarch.history").withReadConcern(ReadConcern.MAJORITY);
        this.ports = ports;
    }

    /** Polls each instance that has not answered yet, once; returns whether all have answered. */
    boolean look() {
        for (int port : ports) {
            if (!answers.containsKey(port)) {
                Optional<HttpResponse<String>> answer = Kennel.get(port, "/dogs?size=1");
                answer.ifPresent(response -> answers.put(port, new FirstAnswer(response.statusCode(), applied())));
            }
        }
        return answers.size() == ports.size();
    }

    Map<Integer, FirstAnswer> answers() {
        return answers;
    }

    private List<String> applied() {
        return history.find(new Document("state", "APPLIED"))
                .sort(new Document("_id.id", 1))
                .map(entry -> entry.getEmbedded(List.of("_id", "id"), String.class))
                .into(new ArrayList<>());
    }
}

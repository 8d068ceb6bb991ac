package dev.monarch.spring.boot.command.shelter;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.bson.Document;
import org.springframework.beans.factory.annotation.Value;

import dev.monarch.migration.Migration;
import dev.monarch.migration.MigrationContext;
import dev.monarch.migration.MongoMigration;

/** Walks a configured number of steps, fails, or starts a long operation on the server. */
@Migration("2-long-walk")
public class LongWalk implements MongoMigration {

    private final String how;

    LongWalk(@Value("${shelter.walk:short}") String how) {
        this.how = how;
    }

    @Override
    public void up(MigrationContext context) {
        switch (how) {
            case "short" -> context.progress().message("walked");
            case "fails" -> throw new IllegalStateException("it rains");
            case "endless" ->
                IntStream.iterate(1, step -> step + 1).forEach(step -> {
                    context.database().getCollection("steps").insertOne(new Document("step", step));
                    context.progress().message("walking");
                    context.progress().advance(1);
                });
            case "counts on the server" -> {
                context.database().getCollection("animals").insertOne(new Document("name", "Tom"));
                context.progress().message("counting");
                context.database()
                        .getCollection("animals")
                        .aggregate(countingForHours())
                        .first();
            }
            default -> throw new IllegalArgumentException(how);
        }
    }

    /** Needs no JavaScript on the server, and little memory. */
    public static List<Document> countingForHours() {
        List<Document> stages = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            stages.add(new Document("$set", new Document("n", new Document("$range", List.of(0, 3000)))));
            stages.add(new Document("$unwind", "$n"));
        }
        stages.add(new Document("$count", "n"));
        return stages;
    }
}

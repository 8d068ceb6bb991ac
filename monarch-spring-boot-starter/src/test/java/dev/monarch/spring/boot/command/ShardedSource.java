package dev.monarch.spring.boot.command;

import java.nio.file.Path;

import com.mongodb.client.MongoCollection;
import org.bson.BsonString;
import org.bson.Document;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** An environment 'production' with two sharded collections, on a server that pretends to be a sharded cluster. */
final class ShardedSource implements AutoCloseable {

    private final TestMongo mongo;

    private final Path folder;

    private final FaultyLine line;

    private final String source;

    private final String target;

    ShardedSource(TestMongo mongo, Path folder) {
        assumeFalse(mongo.isReal(), "a real server would be taken for a mongos by the driver, too");
        this.mongo = mongo;
        this.folder = folder;
        this.line = FaultyLine.to(mongo);
        this.source = mongo.databaseName() + "_p";
        this.target = mongo.databaseName() + "_d";
        mongo.uri(source);
        mongo.uri(target);
        line.amend("hello", answer -> answer.append("msg", new BsonString("isdbgrid")));
        for (String collection : new String[] {"birds", "cats", "dogs"}) {
            mongo.client().getDatabase(source).getCollection(collection).insertOne(new Document("_id", 1));
        }
        configuration().insertOne(entry("birds", "{owner: 1, name: 'hashed'}", false));
        configuration().insertOne(entry("dogs", "{name: 1}", true));
    }

    private Document entry(String collection, String key, boolean unique) {
        return new Document("_id", source + "." + collection)
                .append("key", Document.parse(key))
                .append("unique", unique);
    }

    private MongoCollection<Document> configuration() {
        return mongo.client().getDatabase("config").getCollection("collections");
    }

    /** The database of the target environment 'development'. */
    String target() {
        return target;
    }

    /** Runs a command that succeeds. */
    Result run(String... words) {
        Result result = Commands.on(mongo)
                .with(
                        "--monarch.environments.production.uri=" + through(source),
                        "--monarch.environments.development.uri=" + through(target),
                        "--monarch.backups.local.directory=" + folder)
                .run(words);
        assertThat(result.exit()).as(result.err()).isZero();
        return result;
    }

    private String through(String database) {
        return line.uri().replace("/?", "/" + database + "?");
    }

    /** All tests on the embedded server share one configuration. */
    @Override
    public void close() {
        configuration().deleteMany(new Document("_id", new Document("$regex", "^" + source)));
        line.close();
    }
}

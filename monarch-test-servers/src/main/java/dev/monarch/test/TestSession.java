package dev.monarch.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import org.jspecify.annotations.Nullable;

/** One test method's view of a server. Closing it drops the test's databases. */
final class TestSession implements TestMongo, AutoCloseable {

    private final Server server;

    private final boolean own;

    private final String databaseName;

    private final Consumer<Collection<String>> drop;

    private final Supplier<TestSession> second;

    private final Set<String> databases = new LinkedHashSet<>();

    private final List<TestSession> others = new ArrayList<>();

    private @Nullable MongoClient client;

    private TestSession(
            Server server,
            boolean own,
            String databaseName,
            Consumer<Collection<String>> drop,
            Supplier<TestSession> second) {
        this.server = server;
        this.own = own;
        this.databaseName = databaseName;
        this.drop = drop;
        this.second = second;
        this.databases.add(databaseName);
    }

    static TestSession shared(SharedServer shared, String databaseName, Supplier<TestSession> second) {
        return new TestSession(shared.server(), false, databaseName, shared::drop, second);
    }

    /** The server is closed with the session and may be down by then, so nothing is dropped. */
    static TestSession own(Server server, String databaseName, Supplier<TestSession> second) {
        return new TestSession(server, true, databaseName, databases -> server.close(), second);
    }

    @Override
    public String uri() {
        return server.uri(databaseName);
    }

    @Override
    public synchronized String uri(String database) {
        databases.add(database);
        return server.uri(database);
    }

    @Override
    public String databaseName() {
        return databaseName;
    }

    @Override
    public synchronized MongoClient client() {
        if (client == null) {
            client = MongoClients.create(uri());
        }
        return client;
    }

    @Override
    public MongoDatabase database() {
        return client().getDatabase(databaseName);
    }

    @Override
    public ServerKind kind() {
        return server.kind();
    }

    @Override
    public Topology topology() {
        return server.topology();
    }

    @Override
    public String description() {
        return server.description();
    }

    @Override
    public boolean isReal() {
        return kind() != ServerKind.EMBEDDED;
    }

    @Override
    public synchronized TestMongo another() {
        TestSession another = second.get();
        others.add(another);
        return another;
    }

    @Override
    public void stop() {
        owned("stop").stop();
    }

    @Override
    public void start() {
        owned("start").start();
    }

    @Override
    public void kill() {
        owned("kill").kill();
    }

    @Override
    public void pause() {
        owned("pause").pause();
    }

    @Override
    public void resume() {
        owned("resume").resume();
    }

    @Override
    public void stepDown(Duration forHowLong) {
        owned("stepDown").stepDown(forHowLong);
    }

    @Override
    public void awaitPrimary() {
        owned("awaitPrimary").awaitPrimary();
    }

    private Server owned(String verb) {
        if (!own) {
            throw new IllegalStateException(
                    verb + " needs a server of the test's own, @MongoTest(own = true); this one, " + description()
                            + ", is shared");
        }
        return server;
    }

    @Override
    public synchronized void close() {
        List<AutoCloseable> rest = new ArrayList<>();
        if (client != null) {
            rest.add(client);
        }
        rest.addAll(others);
        rest.add(() -> drop.accept(databases));
        Closeables.all(rest);
    }
}

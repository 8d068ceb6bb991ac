package dev.monarch.spring.boot.autoconfigure;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.mongodb.MongoClientSettings;

import dev.monarch.InvalidEnvironmentException;

/**
 * Finds the database of an application that has reactive MongoDB beans only.
 *
 * <p>A client of Monarch's own can be made from Spring Boot's settings, but not from a reactive client. So all beans must
 * use the connection that the settings describe.
 */
final class ReactiveDatabase {

    private static final String REMEDY =
            "let all of them use the MongoConnectionDetails bean, or define a MongoDatabaseFactory that Monarch can use";

    private final MongoBeans beans;

    private final SpringBootClients made;

    private final String environment;

    /**
     * Prepares to ask the beans.
     *
     * @param beans the application's beans
     * @param made gives the settings of the application's client
     * @param environment the name of the application's own environment, for messages
     */
    ReactiveDatabase(MongoBeans beans, SpringBootClients made, String environment) {
        this.beans = beans;
        this.made = made;
        this.environment = environment;
    }

    /**
     * Finds the database.
     *
     * @throws InvalidEnvironmentException if the beans lead to different databases, or not to that of the settings
     */
    ApplicationConnection locate() {
        List<MongoBean> known = beans.all();
        String database = known.stream()
                .filter(bean -> bean.place().problem() == null)
                .flatMap(bean -> Stream.ofNullable(bean.place().database()))
                .findFirst()
                .orElseThrow(() -> refused("there is no ReactiveMongoTemplate or ReactiveMongoDatabaseFactory that says"
                        + " which database is the application's. Define one of them"));
        MongoClientSettings settings =
                made.settings().orElseThrow(() -> refused("there is no MongoClientSettings bean. " + REMEDY));
        ApplicationConnection connection = ApplicationConnection.of(settings, database);
        List<MongoBean> elsewhere = known.stream()
                .filter(bean -> bean.place().problem() != null || !bean.place().mayBeAt(connection.address()))
                .toList();
        if (!elsewhere.isEmpty()) {
            throw refused(elsewhere.stream().map(MongoBean::describe).collect(Collectors.joining(", "))
                    + ", but the connection of the application is at "
                    + String.join(",", connection.address().hosts()) + "/" + database + ": " + REMEDY);
        }
        return connection;
    }

    private InvalidEnvironmentException refused(String reason) {
        return new InvalidEnvironmentException(environment, "the application's reactive beans", reason);
    }
}

package dev.monarch.test;

import java.util.Arrays;
import java.util.List;

import org.bson.Document;

/**
 * A user of a server with access control ({@link MongoTest#accessControl()}).
 *
 * @param name its name
 * @param password its password, which must not appear in any output
 * @param uri the connection string with name, password and the test's own database
 */
public record TestUser(String name, String password, String uri) {

    /**
     * Creates a user.
     *
     * @param mongo the server and its administrator
     * @param name the name of the user
     * @param roles roles on the test's own database, or on another: {@code backup@admin}
     * @return the user
     */
    public static TestUser create(TestMongo mongo, String name, String... roles) {
        String password = "secret-of-" + name;
        List<Document> granted = Arrays.stream(roles)
                .map(role -> role.split("@"))
                .map(role ->
                        new Document("role", role[0]).append("db", role.length > 1 ? role[1] : mongo.databaseName()))
                .toList();
        mongo.client()
                .getDatabase(Administrator.DATABASE)
                .runCommand(
                        new Document("createUser", name).append("pwd", password).append("roles", granted));
        return new TestUser(
                name, password, mongo.uri().replace(Administrator.BEFORE_HOSTS, name + ":" + password + "@"));
    }
}

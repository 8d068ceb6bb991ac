package dev.monarch.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import com.mongodb.MongoCredential;
import org.bson.Document;

/** The first user of a server with access control. It has the role {@code root}. */
final class Administrator {

    static final String DATABASE = "admin";

    private static final String NAME = "administrator";

    private static final String PASSWORD = "of-test-servers";

    static final String BEFORE_HOSTS = NAME + ":" + PASSWORD + "@";

    static final MongoCredential CREDENTIAL = MongoCredential.createCredential(NAME, DATABASE, PASSWORD.toCharArray());

    private Administrator() {}

    /** Writes the key that the members of a replica set share. The server refuses a file that others can read. */
    static void writeKeyFile(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, "ofTestServers");
    }

    /** Creates the user. A server without users permits that to any client on its own machine. */
    static void create(Member primary) {
        primary.run(new Document("createUser", NAME).append("pwd", PASSWORD).append("roles", List.of("root")));
    }
}

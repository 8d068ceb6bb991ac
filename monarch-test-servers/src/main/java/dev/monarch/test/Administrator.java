package dev.monarch.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import com.mongodb.MongoCredential;
import org.bson.Document;

/** The first user of a server with access control, who may do everything. */
final class Administrator {

    static final String DATABASE = "admin";

    private static final String NAME = "administrator";

    private static final String PASSWORD = "of-test-servers";

    static final String BEFORE_HOSTS = NAME + ":" + PASSWORD + "@";

    static final MongoCredential CREDENTIAL = MongoCredential.createCredential(NAME, DATABASE, PASSWORD.toCharArray());

    private Administrator() {}

    /** Writes what the members of a replica set know one another by; a server wants nobody else to read it. */
    static void writeKeyFile(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, "ofTestServers");
    }

    /** Creates the user, which a server without users lets anybody on its own machine do. */
    static void create(Member primary) {
        primary.run(new Document("createUser", NAME).append("pwd", PASSWORD).append("roles", List.of("root")));
    }
}

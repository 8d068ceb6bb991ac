package dev.monarch.spring.boot.autoconfigure;

import com.mongodb.ConnectionString;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * Spring Boot's connection details with a user and a password that reach the server as they are written.
 *
 * <p>Spring Boot makes a connection string of user and password that are set apart, and encodes them as a form does, with a
 * plus sign for a blank ({@code PropertiesMongoConnectionDetails}, 4.1). A connection string knows percent-encoding only
 * (MongoDB manual, "Connection Strings"), and the driver takes the plus sign for one.
 */
record EncodedConnectionDetails(MongoConnectionDetails details) implements MongoConnectionDetails {

    @Override
    public ConnectionString getConnectionString() {
        String text = details.getConnectionString().getConnectionString();
        int end = text.lastIndexOf('@') + 1;
        return new ConnectionString(text.substring(0, end).replace("+", "%20") + text.substring(end));
    }

    @Override
    public @Nullable SslBundle getSslBundle() {
        return details.getSslBundle();
    }
}

package dev.monarch.spring.boot.autoconfigure;

import com.mongodb.ConnectionString;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * Spring Boot's connection details, with user and password encoded so that the server receives them as
 * written.
 *
 * <p>If user and password are set separately, Spring Boot puts them into a connection string in form encoding, with a
 * plus sign for a space ({@code PropertiesMongoConnectionDetails}, 4.1). A connection string only knows
 * percent-encoding (MongoDB manual, "Connection Strings"), so the driver reads the plus sign literally.
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

package dev.monarch.test;

import java.util.Locale;

import com.mongodb.ConnectionString;
import com.mongodb.MongoCredential;

/** Changes the database in a connection string. */
final class ConnectionStrings {

    private ConnectionStrings() {}

    /**
     * {@return the same connection string with another database} Without {@code authSource}, the database also says
     * where the user is defined. This adds {@code authSource}, so that the user stays the same.
     */
    static String withDatabase(String uri, String database) {
        int question = uri.indexOf('?');
        String options = question < 0 ? "" : uri.substring(question + 1);
        String address = question < 0 ? uri : uri.substring(0, question);
        int slash = address.indexOf('/', address.indexOf("://") + 3);
        String hosts = slash < 0 ? address : address.substring(0, slash);
        MongoCredential credential = new ConnectionString(uri).getCredential();
        if (credential != null && !options.toLowerCase(Locale.ROOT).contains("authsource=")) {
            options = (options.isEmpty() ? "" : options + "&") + "authSource=" + credential.getSource();
        }
        return hosts + "/" + database + (options.isEmpty() ? "" : "?" + options);
    }
}

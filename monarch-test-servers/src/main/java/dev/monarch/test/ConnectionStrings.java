package dev.monarch.test;

import java.util.Locale;

import com.mongodb.ConnectionString;
import com.mongodb.MongoCredential;

/** Puts a database into a connection string that somebody else wrote. */
final class ConnectionStrings {

    private ConnectionStrings() {}

    /**
     * The same connection string with another database. The database also names where the user is looked up unless
     * {@code authSource} does, so that is written down before it is replaced.
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

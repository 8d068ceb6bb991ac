package dev.monarch.environment;

import java.util.Locale;
import java.util.regex.Pattern;

/** A host of a connection string, parsed without resolving it. */
record HostName(String name, int port) {

    private static final int DEFAULT_PORT = 27017;

    private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.\\d{1,3}){3}");

    static HostName of(String text) {
        String host = text.strip().toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            int end = host.indexOf(']');
            return new HostName(host.substring(1, end), portOf(host.substring(end + 1)));
        }
        int colon = host.indexOf(':');
        boolean oneColon = colon >= 0 && host.indexOf(':', colon + 1) < 0;
        return oneColon
                ? new HostName(host.substring(0, colon), portOf(host.substring(colon)))
                : new HostName(host, DEFAULT_PORT);
    }

    private static int portOf(String colonAndPort) {
        return colonAndPort.length() > 1 ? Integer.parseInt(colonAndPort.substring(1)) : DEFAULT_PORT;
    }

    boolean isLoopback() {
        return name.equals("localhost")
                || name.equals("::1")
                || name.equals("0:0:0:0:0:0:0:1")
                || name.endsWith(".sock")
                || LOOPBACK_V4.matcher(name).matches();
    }

    /**
     * {@return a canonical form, which is the same for all loopback addresses, such as {@code localhost} and {@code
     * 127.0.0.1}}
     */
    String canonical() {
        return (isLoopback() && !name.endsWith(".sock") ? "localhost" : name) + ":" + port;
    }
}

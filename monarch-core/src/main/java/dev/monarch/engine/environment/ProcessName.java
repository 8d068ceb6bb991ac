package dev.monarch.engine.environment;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this process in locks and histories: host name and process id. */
public final class ProcessName {

    private static final String NAME =
            hostName() + ":" + ProcessHandle.current().pid();

    private ProcessName() {}

    /**
     * Returns the name. It is only for display.
     *
     * @return for example {@code web-1:4711}
     */
    public static String get() {
        return NAME;
    }

    private static String hostName() {
        String given = System.getenv("HOSTNAME");
        if (given != null && !given.isBlank()) {
            return given;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown-host";
        }
    }
}

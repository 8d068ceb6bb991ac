package dev.monarch.environment;

import java.util.List;
import java.util.TreeSet;

import com.mongodb.ConnectionString;
import com.mongodb.connection.ClusterSettings;

/**
 * Where an environment lives: the hosts of its deployment and the name of its one database.
 *
 * @param hosts the hosts as configured, each {@code host} or {@code host:port}, or the one name of an SRV record; never
 *     empty
 * @param database the database's name; never blank
 */
public record EnvironmentAddress(List<String> hosts, String database) {

    /**
     * Creates an address.
     *
     * @throws IllegalArgumentException if there is no host, or no database
     */
    public EnvironmentAddress {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("hosts must not be empty");
        }
        if (database.isBlank()) {
            throw new IllegalArgumentException("database must not be blank");
        }
    }

    /**
     * Reads the hosts of a connection string; nothing is resolved or connected.
     *
     * @param connection the connection string
     * @param database the database's name, which need not be the string's own
     * @return the address
     */
    public static EnvironmentAddress of(ConnectionString connection, String database) {
        return new EnvironmentAddress(connection.getHosts(), database);
    }

    /**
     * Reads the hosts a client was configured with; nothing is resolved or connected.
     *
     * @param cluster the client's cluster settings
     * @param database the database's name
     * @return the address
     */
    public static EnvironmentAddress of(ClusterSettings cluster, String database) {
        String srvHost = cluster.getSrvHost();
        List<String> hosts = srvHost != null
                ? List.of(srvHost)
                : cluster.getHosts().stream().map(Object::toString).toList();
        return new EnvironmentAddress(hosts, database);
    }

    /**
     * Tells whether every host is this machine: {@code localhost}, an address of 127.0.0.0/8, {@code ::1} or a Unix
     * socket. Names are not looked up, so a name of this machine's own does not count.
     *
     * @return whether the data cannot be anywhere else
     */
    public boolean isLoopback() {
        return hosts.stream().map(HostName::of).allMatch(HostName::isLoopback);
    }

    /**
     * Tells whether two addresses are written as the same hosts and the same database, in whatever order.
     *
     * @param other the other address
     * @return whether they name the same place
     */
    public boolean isSamePlaceAs(EnvironmentAddress other) {
        return database.equals(other.database) && normalized().equals(other.normalized());
    }

    private TreeSet<String> normalized() {
        TreeSet<String> names = new TreeSet<>();
        hosts.forEach(host -> names.add(HostName.of(host).canonical()));
        return names;
    }
}

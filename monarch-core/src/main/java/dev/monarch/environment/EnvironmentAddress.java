package dev.monarch.environment;

import java.util.List;
import java.util.TreeSet;

import com.mongodb.ConnectionString;
import com.mongodb.connection.ClusterSettings;

import dev.monarch.engine.Checks;

/**
 * The location of an environment: the hosts of its deployment and the name of its database.
 *
 * @param hosts the hosts as configured, each {@code host} or {@code host:port}, or the one name of an SRV record;
 *     never empty
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
        Checks.notEmpty("hosts", hosts);
        Checks.notBlank("database", database);
    }

    /**
     * Reads the hosts of a connection string, without resolving or connecting.
     *
     * @param connection the connection string
     * @param database the database's name, which may differ from that in the string
     * @return the address
     */
    public static EnvironmentAddress of(ConnectionString connection, String database) {
        return new EnvironmentAddress(connection.getHosts(), database);
    }

    /**
     * Reads the hosts of a client's settings, without resolving or connecting.
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
     * Tells whether every host is this machine: {@code localhost}, an address in 127.0.0.0/8, {@code ::1} or a Unix
     * socket. Other names are not resolved, so they never count as this machine.
     *
     * @return true if all hosts are loopback addresses
     */
    public boolean isLoopback() {
        return hosts.stream().map(HostName::of).allMatch(HostName::isLoopback);
    }

    /**
     * Tells whether two addresses have the same hosts, in any order, and the same database. Names are not resolved.
     *
     * @param other the other address
     * @return true if they are the same
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

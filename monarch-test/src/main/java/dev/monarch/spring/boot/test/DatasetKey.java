package dev.monarch.spring.boot.test;

import java.util.List;

import dev.monarch.environment.EnvironmentAddress;

/** What identifies a dataset on a server. */
record DatasetKey(List<String> hosts, String backup, String store, String querySet, String environment) {

    static DatasetKey of(DatasetFrom dataset, EnvironmentAddress server) {
        return new DatasetKey(
                server.hosts(), dataset.backup(), dataset.store(), dataset.querySet(), dataset.environment());
    }
}

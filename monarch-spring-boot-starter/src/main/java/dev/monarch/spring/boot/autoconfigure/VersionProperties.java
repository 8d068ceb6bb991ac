package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Versions of documents.
 *
 * @param field Field of a document with the number of its version. The name of the field with what only older versions
 *     need begins with it, too. Do not change it while documents have it.
 */
@ConfigurationProperties("monarch.versions")
public record VersionProperties(@DefaultValue("_v") String field) {}

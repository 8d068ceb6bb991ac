/**
 * Backups in a bucket of S3, or of a service that speaks its language.
 *
 * <p>Only the application's own {@code S3Client} is used, with whatever region, credentials and endpoint it has. Nothing here
 * knows what is in a backup: its bytes and its manifest are the core's business.
 */
@NullMarked
package dev.monarch.spring.boot.s3;

import org.jspecify.annotations.NullMarked;

/**
 * Backups in a bucket of S3 or of a compatible service.
 *
 * <p>Only the application's own {@code S3Client} is used, with its region, credentials and endpoint. This package
 * does not know what a backup contains.
 */
@NullMarked
package dev.monarch.spring.boot.s3;

import org.jspecify.annotations.NullMarked;

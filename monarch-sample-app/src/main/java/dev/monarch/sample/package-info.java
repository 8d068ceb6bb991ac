/**
 * The kennel: a small application that uses Monarch's starter the way a user would.
 *
 * <p>This package only starts it. Package {@code kennel} has its data and its API, {@code migration} the migrations
 * that created the data, and {@code server} the server it runs on. None of these depends on another.
 */
@NullMarked
package dev.monarch.sample;

import org.jspecify.annotations.NullMarked;

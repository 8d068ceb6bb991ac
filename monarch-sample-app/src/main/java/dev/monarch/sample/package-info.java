/**
 * The kennel: a small application that uses Monarch's starter the way a user would.
 *
 * <p>Here is only what starts it. What it keeps and serves is in {@code kennel}, how its data came about in {@code
 * migration}, on which server it lives in {@code server}; none of these knows another.
 */
@NullMarked
package dev.monarch.sample;

import org.jspecify.annotations.NullMarked;

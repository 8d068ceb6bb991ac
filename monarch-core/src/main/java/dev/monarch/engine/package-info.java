/** What the packages of the engine share. Nothing in and below this package is meant to be imported by users. */
@NullMarked
package dev.monarch.engine;

import org.jspecify.annotations.NullMarked;

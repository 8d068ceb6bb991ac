/** Classes that all packages of the engine use. Users must not import this package or the packages below it. */
@NullMarked
package dev.monarch.engine;

import org.jspecify.annotations.NullMarked;

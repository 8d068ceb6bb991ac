package dev.monarch.spring.boot.command;

/**
 * An example in the help of a verb.
 *
 * @param words what stands behind the word {@code monarch}
 * @param meaning what that does
 */
record Example(String words, String meaning) {}

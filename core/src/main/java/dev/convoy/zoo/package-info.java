/**
 * The networks of the papers, by the names that configurations use: {@link dev.convoy.zoo.Zoo}
 * lists them. A family is one file: a record that describes one network, how it is wired, and the
 * list of its networks. May use layers; touches nothing else.
 */
package dev.convoy.zoo;

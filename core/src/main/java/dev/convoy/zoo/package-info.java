/**
 * The networks, by the names that configurations use: a family is a table and a block, one file
 * each, listed in {@link dev.convoy.zoo.Zoo}. May use layers; touches nothing else.
 */
package dev.convoy.zoo;

/**
 * What every file system behind Hadoop's interface has in common from a user's view: how long to
 * wait for one that does not answer, and the sentence in which its failures are told. Knows of
 * Hadoop and of no format.
 */
package dev.convoy.data.store;

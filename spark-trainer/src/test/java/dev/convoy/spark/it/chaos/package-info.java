/**
 * Provokes random faults while a network is trained on a real cluster, and holds the run to the
 * hash of the undisturbed one: {@code scripts/chaos}, and a short form among the tests.
 */
package dev.convoy.spark.it.chaos;

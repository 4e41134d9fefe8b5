/**
 * What Convoy asks of Spark: executors that are there, barrier stages that start or say why not,
 * and the addresses under which the ranks of an attempt meet. May use Spark and the collectives.
 */
package dev.convoy.spark.cluster;

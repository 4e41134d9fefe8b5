/**
 * Compares Convoy's numbers with those that another engine has dumped: {@code convoy verify}, in
 * one process without Spark. May use networks, losses and optimizers; knows no command line.
 */
package dev.convoy.spark.verify;

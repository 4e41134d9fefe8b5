/**
 * What has to be right before Spark starts: the master, Spark's settings and environment, the
 * executors' Java, memory and addresses of this machine, where logs go. Refuses in one sentence
 * what Spark would answer with a stack trace or with minutes of silence. Knows no command.
 */
package dev.convoy.spark.app.launch;

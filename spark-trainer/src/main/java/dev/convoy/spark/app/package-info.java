/**
 * The command line: one file a command, what is sent to {@code spark-submit}, and exit status.
 *
 * <p>A command reads and checks its arguments here and then calls the package that does the work.
 * {@link dev.convoy.spark.app.SubmitOptions} runs before Spark does and refuses what cannot work.
 * No package but this one prints help or ends the process.
 */
package dev.convoy.spark.app;

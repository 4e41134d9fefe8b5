/**
 * The command line: {@link dev.convoy.spark.app.Convoy} is the program, {@link
 * dev.convoy.spark.app.Commands} the list of its commands, {@link
 * dev.convoy.spark.app.SubmitOptions} what runs before Spark does and refuses what cannot work.
 *
 * <p>A command reads and checks its arguments here and then calls the package that does the work.
 * Those that run on executors are in {@code job}, those that run in this process alone in {@code
 * local}; {@code options} has the options that several share, {@code launch} what this machine and
 * Spark need before a start, {@code text} what a terminal shows. This package knows them all; none
 * of them knows this one. No package but these prints help or ends the process.
 */
package dev.convoy.spark.app;

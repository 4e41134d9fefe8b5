/** Options and arguments that several commands share, and the checks of their values. */
package dev.convoy.spark.app.options;

/**
 * The configuration of a run: HOCON in, immutable records out.
 *
 * <p>A {@link dev.convoy.spark.config.Key} is all that is known of one key. Each section's record
 * declares its keys and reads them; what concerns two sections is checked by {@link
 * dev.convoy.spark.config.ConvoyConfig}. A command that needs one section loads that alone. The
 * comments of {@code reference.conf} are made of the keys, and the defaults are taken from there.
 * Every refusal is a {@link dev.convoy.spark.config.UserError}. The only package that names
 * Typesafe Config; it names neither Spark nor Hadoop and opens no file but the configuration.
 */
package dev.convoy.spark.config;

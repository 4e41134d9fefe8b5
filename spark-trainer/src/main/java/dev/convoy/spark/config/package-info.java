/**
 * The configuration of a run: HOCON in, immutable records out.
 *
 * <p>Defaults live in {@code reference.conf} alone, which is also the list of the keys that exist.
 * One record a section reads and checks its own keys; what concerns two sections is checked by
 * {@link dev.convoy.spark.config.ConvoyConfig}. Every refusal is a {@link
 * dev.convoy.spark.config.UserError}. The only package that names Typesafe Config; it names neither
 * Spark nor Hadoop and opens no file but the configuration.
 */
package dev.convoy.spark.config;

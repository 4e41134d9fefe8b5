/**
 * Trained networks in other programs' formats, one file each, listed in {@link
 * dev.convoy.spark.export.ExportFormats}. May use networks and weights; knows no command line.
 */
package dev.convoy.spark.export;

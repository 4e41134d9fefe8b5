/**
 * What a trained network says of single image files: {@code convoy predict}, in one process without
 * Spark. May use weights, networks and image decoding; knows no command line.
 */
package dev.convoy.spark.predict;

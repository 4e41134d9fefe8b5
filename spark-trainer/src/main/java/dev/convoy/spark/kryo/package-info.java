/**
 * The list of everything that goes through Spark, and how Kryo writes it. Knows the classes of all
 * other packages, which do not know this one; Spark finds it by its name.
 */
package dev.convoy.spark.kryo;

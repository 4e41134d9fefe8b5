package dev.convoy.spark.predict;

/**
 * What a network says of one class of one image.
 *
 * @param name of the class
 * @param probability from 0 to 1
 */
public record ClassProbability(String name, double probability) {}

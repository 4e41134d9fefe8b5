package dev.convoy.spark.forecast;

/**
 * A part of the exchange of a step.
 *
 * @param readyFrom the gradient must be complete from here on before it begins
 * @param gatheredTo when it is over, the weights up to here are new; 0 if it gathers none
 * @param link seconds that the network takes
 * @param cpu seconds of one core
 */
record Exchange(int readyFrom, int gatheredTo, double link, double cpu) {}

/**
 * Optimizers and learning-rate schedules, one file each. An optimizer works on a slice of the flat
 * vector, element by element, so that any owner of any slice gives the same bits. Touches nothing
 * else.
 */
package dev.convoy.optim;

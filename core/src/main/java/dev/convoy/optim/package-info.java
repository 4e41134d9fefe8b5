/**
 * Optimizers and learning-rate schedules, one file each; {@link dev.convoy.optim.Optimizers} lists
 * the optimizers. An optimizer works on any shard of the flat vector, so that any owner of any
 * shard, and any number of threads, give the same bits. Knows a network's parameters and nothing
 * else.
 */
package dev.convoy.optim;

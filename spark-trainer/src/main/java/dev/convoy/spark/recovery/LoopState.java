package dev.convoy.spark.recovery;

import dev.convoy.optim.Plateau;

/**
 * What the training loop remembers from one step to the next, besides weights and optimizer.
 *
 * @param after the number of steps after which it became so
 * @param validated after how many steps the last validation came
 * @param saved after how many steps the last checkpoint was due
 * @param plateau what lowers the learning rate by the validations
 */
public record LoopState(long after, long validated, long saved, Plateau.State plateau) {}

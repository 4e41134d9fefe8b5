/**
 * Loss functions, one file each, listed in {@link dev.convoy.loss.Losses}. They read logits and
 * write their gradient; their few exponentials are {@link StrictMath}'s in double precision, so
 * that they are the same in every JVM. May use tensors only.
 */
package dev.convoy.loss;

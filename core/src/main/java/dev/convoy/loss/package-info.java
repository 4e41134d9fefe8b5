/**
 * Loss functions, one file each, listed in {@link dev.convoy.loss.Losses}. They read logits and
 * write their gradient; their exponentials are those of {@link dev.convoy.kernel.FloatMath} or, in
 * double precision, of {@link StrictMath}, so that they are the same in every JVM. May use tensors
 * and {@code FloatMath}.
 */
package dev.convoy.loss;

/** Max pooling, average pooling and the subsampling of LeNet-5. May use {@code .lanes}. */
package dev.convoy.kernel.vector.pooling;

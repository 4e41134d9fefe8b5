/** The IDX files of MNIST and its kin, which {@link dev.convoy.data.idx} reads. */
package dev.convoy.data.source.mnist;

/**
 * IDX, the format of MNIST and of the datasets made in its image (LeCun, Cortes and Burges,
 * http://yann.lecun.com/exdb/mnist/), compressed by gzip or not.
 */
package dev.convoy.data.idx;

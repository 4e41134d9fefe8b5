/**
 * What tests of several packages share: arrays of random numbers, comparisons by bits and by
 * relative error, and JVMs with settings of their own. Knows kernels and networks; holds no test.
 */
package dev.convoy.testing;

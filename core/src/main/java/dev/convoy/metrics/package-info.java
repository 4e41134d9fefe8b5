/** The accuracy of a classifier. May use tensors only. */
package dev.convoy.metrics;

/**
 * Follows CONTRIBUTING.md's "How to add …": for each kind of thing there is an addition in the test
 * resources, which is applied to a copy of the sources, counted, compiled and run.
 */
package dev.convoy.spark.howto;

/** JMH benchmarks; docs/results.md has their commands and figures. May use everything. */
package dev.convoy.benchmarks;

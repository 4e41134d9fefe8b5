/**
 * Microbatches ahead of the workers: threads read, augment and stack samples into a ring of
 * reusable buffers, in the order that a {@link dev.convoy.data.loader.SampleOrder} says. What is in
 * a microbatch depends on its step and virtual node only, never on who loads it.
 */
package dev.convoy.data.loader;

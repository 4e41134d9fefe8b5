/**
 * Broken input for everything that reads bytes from outside. {@link dev.convoy.fuzz.FuzzTargets}
 * lists the readers; those that are not public have their target in their own package.
 */
package dev.convoy.fuzz;

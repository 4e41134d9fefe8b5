/**
 * From a stored image to a network's input: one augmentation a file, applied in the order of an
 * explicit list. Random choices are a pure function of seed, epoch and sample, so it does not
 * matter who loads a sample, or when. Touches no file.
 */
package dev.convoy.data.augment;

/**
 * What a dataset looks like, for people: counts, sizes, means, and a contact sheet of what a
 * network gets to see. May use datasets, decoding and augmentation; writes no file.
 */
package dev.convoy.data.inspect;

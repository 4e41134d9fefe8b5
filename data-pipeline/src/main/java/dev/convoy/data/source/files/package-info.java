/**
 * What formats share that are made of files: which files belong to which split, what the endings of
 * names mean, what operating systems leave among data, and the members of tars. Knows no format.
 */
package dev.convoy.data.source.files;

"""Runs what the engines define (SQL, independent blocks) on one machine or on an existing distributed engine."""

"""One module a source format: file to records; pure."""

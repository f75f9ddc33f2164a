"""Tests in a real Chromium against the product as `make run` starts it."""

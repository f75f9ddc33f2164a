"""What the Learn pages say: texts, their sources, their history."""

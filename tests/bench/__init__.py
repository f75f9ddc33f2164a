"""`make bench`: our pages and calls against bare ones, served by the same server in the same run."""

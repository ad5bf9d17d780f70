"""Pages of the book that are made from the tables, one module a job."""

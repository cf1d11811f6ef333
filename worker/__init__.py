"""The Celery side: a process that does what rows ask for. A message only says that it is time to look."""

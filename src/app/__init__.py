"""The logic of nianbao: forms, reports, checks, store, writers. Nothing here imports Qt."""

-- Until when a channel takes no new sessions, because too many have come. Told by its desk, read by the router.
ALTER TABLE channel ADD COLUMN paused_until INTEGER NOT NULL DEFAULT 0;

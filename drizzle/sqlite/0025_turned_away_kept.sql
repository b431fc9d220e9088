-- Who turned away everybody at once stays as it was written, but for this: a moderator who left is no longer named in it.
CREATE TRIGGER `turned_away_unchanged` BEFORE UPDATE ON `turned_away` WHEN NOT (new.`actor_id` IS NULL AND new.`id` IS old.`id` AND new.`number` IS old.`number` AND new.`since` IS old.`since` AND new.`at` IS old.`at`) BEGIN SELECT RAISE(ABORT, 'turned_away is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `turned_away_kept` BEFORE DELETE ON `turned_away` BEGIN SELECT RAISE(ABORT, 'turned_away is append-only'); END;

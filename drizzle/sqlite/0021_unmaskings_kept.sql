-- Who looked behind a mask stays as it was written, but for this: a moderator who left is no longer named in it.
CREATE TRIGGER `unmaskings_unchanged` BEFORE UPDATE ON `unmaskings` WHEN NOT (new.`actor_id` IS NULL AND new.`id` IS old.`id` AND new.`case_id` IS old.`case_id` AND new.`step` IS old.`step` AND new.`asked_id` IS old.`asked_id` AND new.`reason` IS old.`reason` AND new.`at` IS old.`at`) BEGIN SELECT RAISE(ABORT, 'unmaskings is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `unmaskings_kept` BEFORE DELETE ON `unmaskings` BEGIN SELECT RAISE(ABORT, 'unmaskings is append-only'); END;

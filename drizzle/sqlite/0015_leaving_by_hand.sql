-- The table was made anew, and its triggers went with the old one.
CREATE TRIGGER `visible_celebration_added` AFTER INSERT ON `celebrations` WHEN new.`state` <> 'waiting' BEGIN UPDATE `visible_versions` SET `version` = `version` + 1 WHERE `scope` IN ('celebrations'); END;
--> statement-breakpoint
CREATE TRIGGER `visible_celebration_changed` AFTER UPDATE ON `celebrations` WHEN new.`state` <> 'waiting' OR old.`state` <> 'waiting' BEGIN UPDATE `visible_versions` SET `version` = `version` + 1 WHERE `scope` IN ('celebrations'); END;
--> statement-breakpoint
CREATE TRIGGER `visible_celebration_gone` AFTER DELETE ON `celebrations` WHEN old.`state` <> 'waiting' BEGIN UPDATE `visible_versions` SET `version` = `version` + 1 WHERE `scope` IN ('celebrations'); END;
--> statement-breakpoint
DROP TRIGGER `case_events_unchanged`;
--> statement-breakpoint
-- The log stays as it was written, but for this: a moderator who left is no longer named in it.
CREATE TRIGGER `case_events_unchanged` BEFORE UPDATE ON `case_events` WHEN NOT (new.`actor_id` IS NULL AND new.`id` IS old.`id` AND new.`case_id` IS old.`case_id` AND new.`version` IS old.`version` AND new.`kind` IS old.`kind` AND new.`detail` IS old.`detail` AND new.`at` IS old.`at`) BEGIN SELECT RAISE(ABORT, 'case_events is append-only'); END;
--> statement-breakpoint
-- A backup from before this change is given the same ones.
UPDATE `members` SET `tombstone` = `id`;

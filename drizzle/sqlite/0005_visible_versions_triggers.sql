-- Every scope has its row from the start, so that raising is one small statement: SQLite compiles triggers anew with each statement that fires them.
INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('everything', 0, 1), ('stories', 0, 1), ('openings', 0, 1), ('celebrations', 0, 1);
--> statement-breakpoint
INSERT INTO `visible_versions` (`scope`, `slot`, `version`) SELECT 'board:' || `id`, 0, 1 FROM `boards`;
--> statement-breakpoint
INSERT INTO `visible_versions` (`scope`, `slot`, `version`) SELECT 'thread:' || `id`, 0, 1 FROM `threads`;
--> statement-breakpoint
CREATE TRIGGER `visible_post_added` AFTER INSERT ON `posts` BEGIN UPDATE `visible_versions` SET `version` = `version` + 1 WHERE `scope` IN ('thread:' || new.`thread_id`, CASE WHEN new.`parent_id` IS NULL THEN 'openings' END); END;
--> statement-breakpoint
CREATE TRIGGER `visible_post_changed` AFTER UPDATE ON `posts` BEGIN UPDATE `visible_versions` SET `version` = `version` + 1 WHERE `scope` IN ('thread:' || new.`thread_id`, 'thread:' || old.`thread_id`, CASE WHEN (new.`parent_id` IS NULL OR old.`parent_id` IS NULL) AND (new.`encouraged` IS old.`encouraged` OR new.`warnings` IS NOT old.`warnings` OR new.`folded` IS NOT old.`folded` OR new.`state` IS NOT old.`state` OR new.`version` IS NOT old.`version` OR new.`author_id` IS NOT old.`author_id`) THEN 'openings' END); END;
--> statement-breakpoint
CREATE TRIGGER `visible_post_gone` AFTER DELETE ON `posts` BEGIN UPDATE `visible_versions` SET `version` = `version` + 1 WHERE `scope` IN ('thread:' || old.`thread_id`, CASE WHEN old.`parent_id` IS NULL THEN 'openings' END); END;
--> statement-breakpoint
CREATE TRIGGER `visible_thread_added` AFTER INSERT ON `threads` BEGIN INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('thread:' || new.`id`, 0, 0) ON CONFLICT DO NOTHING; UPDATE `visible_versions` SET `version` = `version` + 1 WHERE `scope` IN ('thread:' || new.`id`, 'board:' || new.`board_id`, 'stories'); END;
--> statement-breakpoint
CREATE TRIGGER `visible_thread_changed` AFTER UPDATE ON `threads` BEGIN UPDATE `visible_versions` SET `version` = `version` + 1 WHERE `scope` IN ('thread:' || new.`id`, 'board:' || new.`board_id`, 'board:' || old.`board_id`, 'stories'); END;
--> statement-breakpoint
CREATE TRIGGER `visible_thread_gone` AFTER DELETE ON `threads` BEGIN UPDATE `visible_versions` SET `version` = `version` + 1 WHERE `scope` IN ('thread:' || old.`id`, 'board:' || old.`board_id`, 'stories'); END;
--> statement-breakpoint
CREATE TRIGGER `visible_celebration_added` AFTER INSERT ON `celebrations` WHEN new.`state` <> 'waiting' BEGIN UPDATE `visible_versions` SET `version` = `version` + 1 WHERE `scope` IN ('celebrations'); END;
--> statement-breakpoint
CREATE TRIGGER `visible_celebration_changed` AFTER UPDATE ON `celebrations` WHEN new.`state` <> 'waiting' OR old.`state` <> 'waiting' BEGIN UPDATE `visible_versions` SET `version` = `version` + 1 WHERE `scope` IN ('celebrations'); END;
--> statement-breakpoint
CREATE TRIGGER `visible_celebration_gone` AFTER DELETE ON `celebrations` WHEN old.`state` <> 'waiting' BEGIN UPDATE `visible_versions` SET `version` = `version` + 1 WHERE `scope` IN ('celebrations'); END;
--> statement-breakpoint
CREATE TRIGGER `visible_board_added` AFTER INSERT ON `boards` BEGIN INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('board:' || new.`id`, 0, 0) ON CONFLICT DO NOTHING; UPDATE `visible_versions` SET `version` = `version` + 1 WHERE `scope` IN ('everything'); END;
--> statement-breakpoint
CREATE TRIGGER `visible_board_changed` AFTER UPDATE ON `boards` BEGIN UPDATE `visible_versions` SET `version` = `version` + 1 WHERE `scope` IN ('everything'); END;
--> statement-breakpoint
CREATE TRIGGER `visible_board_gone` AFTER DELETE ON `boards` BEGIN UPDATE `visible_versions` SET `version` = `version` + 1 WHERE `scope` IN ('everything'); END;
--> statement-breakpoint
CREATE TRIGGER `visible_name_changed` AFTER UPDATE OF `name`, `role` ON `members` BEGIN UPDATE `visible_versions` SET `version` = `version` + 1 WHERE `scope` IN ('everything'); END;
--> statement-breakpoint
CREATE TRIGGER `visible_name_gone` AFTER DELETE ON `members` BEGIN UPDATE `visible_versions` SET `version` = `version` + 1 WHERE `scope` IN ('everything'); END;
--> statement-breakpoint
CREATE TRIGGER `visible_fold_noted` AFTER INSERT ON `case_events` WHEN new.`kind` IN ('folded', 'unfolded') BEGIN UPDATE `visible_versions` SET `version` = `version` + 1 WHERE `scope` IN ('everything'); END;

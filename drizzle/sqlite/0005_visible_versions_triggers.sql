CREATE TRIGGER `visible_post_added` AFTER INSERT ON `posts` BEGIN INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('thread:' || new.`thread_id`, 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `visible_post_changed` AFTER UPDATE ON `posts` BEGIN INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('thread:' || new.`thread_id`, 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `visible_post_moved` AFTER UPDATE ON `posts` WHEN new.`thread_id` IS NOT old.`thread_id` BEGIN INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('thread:' || old.`thread_id`, 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `visible_post_gone` AFTER DELETE ON `posts` BEGIN INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('thread:' || old.`thread_id`, 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `visible_opening_added` AFTER INSERT ON `posts` WHEN new.`parent_id` IS NULL BEGIN INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('openings', 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `visible_opening_changed` AFTER UPDATE ON `posts` WHEN (new.`parent_id` IS NULL OR old.`parent_id` IS NULL) AND (new.`encouraged` IS old.`encouraged` OR new.`warnings` IS NOT old.`warnings` OR new.`folded` IS NOT old.`folded` OR new.`state` IS NOT old.`state` OR new.`version` IS NOT old.`version` OR new.`author_id` IS NOT old.`author_id`) BEGIN INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('openings', 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `visible_opening_gone` AFTER DELETE ON `posts` WHEN old.`parent_id` IS NULL BEGIN INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('openings', 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `visible_thread_added` AFTER INSERT ON `threads` BEGIN INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('thread:' || new.`id`, 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('board:' || new.`board_id`, 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('stories', 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `visible_thread_changed` AFTER UPDATE ON `threads` BEGIN INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('thread:' || new.`id`, 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('board:' || new.`board_id`, 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('stories', 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `visible_thread_moved` AFTER UPDATE ON `threads` WHEN new.`board_id` IS NOT old.`board_id` BEGIN INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('board:' || old.`board_id`, 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `visible_thread_gone` AFTER DELETE ON `threads` BEGIN INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('thread:' || old.`id`, 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('board:' || old.`board_id`, 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('stories', 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `visible_celebration_added` AFTER INSERT ON `celebrations` WHEN new.`state` <> 'waiting' BEGIN INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('celebrations', 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `visible_celebration_changed` AFTER UPDATE ON `celebrations` WHEN new.`state` <> 'waiting' OR old.`state` <> 'waiting' BEGIN INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('celebrations', 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `visible_celebration_gone` AFTER DELETE ON `celebrations` WHEN old.`state` <> 'waiting' BEGIN INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('celebrations', 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `visible_board_added` AFTER INSERT ON `boards` BEGIN INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('everything', 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `visible_board_changed` AFTER UPDATE ON `boards` BEGIN INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('everything', 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `visible_board_gone` AFTER DELETE ON `boards` BEGIN INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('everything', 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `visible_name_changed` AFTER UPDATE OF `name`, `role` ON `members` BEGIN INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('everything', 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `visible_name_gone` AFTER DELETE ON `members` BEGIN INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('everything', 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `visible_fold_noted` AFTER INSERT ON `case_events` WHEN new.`kind` IN ('folded', 'unfolded') BEGIN INSERT INTO `visible_versions` (`scope`, `slot`, `version`) VALUES ('everything', 0, 1) ON CONFLICT (`scope`, `slot`) DO UPDATE SET `version` = `version` + 1; END;

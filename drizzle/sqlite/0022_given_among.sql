DROP INDEX `encouragements_member`;--> statement-breakpoint
CREATE INDEX `encouragements_member` ON `encouragements` (`member_id`,`post_id`,`kind`);
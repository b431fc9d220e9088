ALTER TABLE `unmaskings` ADD `actor_id` text;--> statement-breakpoint
CREATE INDEX `unmaskings_actor` ON `unmaskings` (`actor_id`);--> statement-breakpoint
ALTER TABLE `unmaskings` DROP COLUMN `moderator_id`;
CREATE TABLE `unmaskings` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`step` text NOT NULL,
	`moderator_id` text NOT NULL,
	`asked_id` text,
	`reason` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `unmaskings_askedId_unique` ON `unmaskings` (`asked_id`);--> statement-breakpoint
CREATE INDEX `unmaskings_case` ON `unmaskings` (`case_id`,`at`);--> statement-breakpoint
CREATE TABLE `waiting_masks` (
	`id` text PRIMARY KEY NOT NULL,
	`sealed` text NOT NULL,
	`show_at` integer
);
--> statement-breakpoint
CREATE INDEX `waiting_masks_due` ON `waiting_masks` (`show_at`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_notices` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text,
	`for_post` text,
	`kind` text NOT NULL,
	`post_id` text,
	`detail` text NOT NULL,
	`at` integer NOT NULL,
	`read_at` integer,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_notices`("id", "member_id", "kind", "post_id", "detail", "at", "read_at") SELECT "id", "member_id", "kind", "post_id", "detail", "at", "read_at" FROM `notices`;--> statement-breakpoint
DROP TABLE `notices`;--> statement-breakpoint
ALTER TABLE `__new_notices` RENAME TO `notices`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `notices_member` ON `notices` (`member_id`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `notices_for` ON `notices` (`for_post`,`at`) WHERE "notices"."for_post" is not null;--> statement-breakpoint
CREATE INDEX `notices_unread` ON `notices` (`member_id`,`post_id`) WHERE "notices"."read_at" is null;--> statement-breakpoint
CREATE INDEX `notices_post` ON `notices` (`post_id`,`kind`);--> statement-breakpoint
CREATE INDEX `notices_waiting` ON `notices` (`post_id`,`kind`) WHERE "notices"."read_at" is null;--> statement-breakpoint
CREATE INDEX `notices_age` ON `notices` (`read_at`,`at`);--> statement-breakpoint
ALTER TABLE `posts` ADD `alias` text;--> statement-breakpoint
ALTER TABLE `posts` ADD `mask_tag` text;--> statement-breakpoint
ALTER TABLE `posts` ADD `sealed_author` text;--> statement-breakpoint
CREATE INDEX `posts_mask` ON `posts` (`mask_tag`) WHERE "posts"."mask_tag" is not null;--> statement-breakpoint
ALTER TABLE `threads` ADD `mask_key` text;
CREATE TABLE `bookmarks` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`post_id` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `bookmarks_once` ON `bookmarks` (`member_id`,`post_id`);--> statement-breakpoint
CREATE INDEX `bookmarks_member` ON `bookmarks` (`member_id`,`at`);--> statement-breakpoint
CREATE TABLE `celebrations` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`milestone` text NOT NULL,
	`words` text NOT NULL,
	`state` text NOT NULL,
	`made_at` integer NOT NULL,
	`share_at` integer NOT NULL,
	`cheers` integer DEFAULT 0 NOT NULL,
	`key` text NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `celebrations_key` ON `celebrations` (`member_id`,`key`);--> statement-breakpoint
CREATE INDEX `celebrations_due` ON `celebrations` (`state`,`share_at`,`id`);--> statement-breakpoint
CREATE INDEX `celebrations_member` ON `celebrations` (`member_id`,`made_at`);--> statement-breakpoint
CREATE TABLE `cheers` (
	`id` text PRIMARY KEY NOT NULL,
	`celebration_id` text NOT NULL,
	`member_id` text NOT NULL,
	FOREIGN KEY (`celebration_id`) REFERENCES `celebrations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cheers_once` ON `cheers` (`celebration_id`,`member_id`);--> statement-breakpoint
CREATE TABLE `drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`place` text NOT NULL,
	`board_id` text,
	`title` text NOT NULL,
	`body` text NOT NULL,
	`warnings` text NOT NULL,
	`kept_at` integer NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`board_id`) REFERENCES `boards`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `drafts_place` ON `drafts` (`member_id`,`place`);--> statement-breakpoint
CREATE INDEX `drafts_member` ON `drafts` (`member_id`,`kept_at`);--> statement-breakpoint
CREATE TABLE `follows` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`kind` text NOT NULL,
	`target` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `follows_once` ON `follows` (`member_id`,`kind`,`target`);--> statement-breakpoint
CREATE INDEX `follows_target` ON `follows` (`kind`,`target`);--> statement-breakpoint
CREATE TABLE `journey_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`journey_id` text NOT NULL,
	`number` integer NOT NULL,
	`kind` text NOT NULL,
	`on` text NOT NULL,
	`words` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`journey_id`) REFERENCES `journeys`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `journey_entries_order` ON `journey_entries` (`journey_id`,`number`);--> statement-breakpoint
CREATE TABLE `journeys` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`kind` text NOT NULL,
	`words` text NOT NULL,
	`started_on` text NOT NULL,
	`zone` text NOT NULL,
	`day_ends` integer NOT NULL,
	`first_day` integer NOT NULL,
	`counter_off` integer DEFAULT false NOT NULL,
	`begun_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `journeys_memberId_unique` ON `journeys` (`member_id`);--> statement-breakpoint
CREATE TABLE `medals` (
	`id` text PRIMARY KEY NOT NULL,
	`journey_id` text NOT NULL,
	`milestone` text NOT NULL,
	`reached_on` text NOT NULL,
	FOREIGN KEY (`journey_id`) REFERENCES `journeys`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `medals_once` ON `medals` (`journey_id`,`milestone`);--> statement-breakpoint
CREATE TABLE `stream` (
	`number` integer PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`audience` text NOT NULL,
	`data` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `stream_age` ON `stream` (`at`);--> statement-breakpoint
CREATE TABLE `thread_reads` (
	`member_id` text NOT NULL,
	`thread_id` text NOT NULL,
	`read_at` integer NOT NULL,
	`before` integer,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`thread_id`) REFERENCES `threads`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `thread_reads_once` ON `thread_reads` (`member_id`,`thread_id`);--> statement-breakpoint
CREATE INDEX `notices_unread` ON `notices` (`member_id`,`post_id`) WHERE "notices"."read_at" is null;--> statement-breakpoint
CREATE INDEX `notices_post` ON `notices` (`post_id`,`kind`);--> statement-breakpoint
CREATE INDEX `posts_locked` ON `posts` (`thread_id`,`locked`,`place`);
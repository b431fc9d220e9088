CREATE TABLE `blocks` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`blocked_id` text NOT NULL,
	`at` text NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`blocked_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `blocks_once` ON `blocks` (`member_id`,`blocked_id`);--> statement-breakpoint
CREATE INDEX `blocks_blocked` ON `blocks` (`blocked_id`,`member_id`);--> statement-breakpoint
CREATE TABLE `muted_words` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`words` text NOT NULL,
	`folded` text NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `muted_words_once` ON `muted_words` (`member_id`,`folded`);--> statement-breakpoint
CREATE TABLE `mutes` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`muted_id` text NOT NULL,
	`at` text NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`muted_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mutes_once` ON `mutes` (`member_id`,`muted_id`);--> statement-breakpoint
CREATE INDEX `mutes_muted` ON `mutes` (`muted_id`,`member_id`);--> statement-breakpoint
ALTER TABLE `stream` ADD `by` text;
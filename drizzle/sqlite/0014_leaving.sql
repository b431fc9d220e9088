CREATE TABLE `erased_names` (
	`tag` text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE `erasings` (
	`id` text PRIMARY KEY NOT NULL,
	`asked_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `erasings_asked` ON `erasings` (`asked_at`);--> statement-breakpoint
CREATE TABLE `kept_evidence` (
	`report_id` text PRIMARY KEY NOT NULL,
	`note` integer NOT NULL,
	`snapshot` integer NOT NULL,
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_celebrations` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text,
	`milestone` text NOT NULL,
	`words` text NOT NULL,
	`state` text NOT NULL,
	`made_at` integer NOT NULL,
	`share_at` integer NOT NULL,
	`cheers` integer DEFAULT 0 NOT NULL,
	`key` text NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_celebrations`("id", "member_id", "milestone", "words", "state", "made_at", "share_at", "cheers", "key") SELECT "id", "member_id", "milestone", "words", "state", "made_at", "share_at", "cheers", "key" FROM `celebrations`;--> statement-breakpoint
DROP TABLE `celebrations`;--> statement-breakpoint
ALTER TABLE `__new_celebrations` RENAME TO `celebrations`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `celebrations_key` ON `celebrations` (`member_id`,`key`);--> statement-breakpoint
CREATE INDEX `celebrations_due` ON `celebrations` (`state`,`share_at`,`id`);--> statement-breakpoint
CREATE INDEX `celebrations_member` ON `celebrations` (`member_id`,`made_at`);--> statement-breakpoint
CREATE TABLE `__new_cheers` (
	`id` text PRIMARY KEY NOT NULL,
	`celebration_id` text NOT NULL,
	`member_id` text,
	FOREIGN KEY (`celebration_id`) REFERENCES `celebrations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_cheers`("id", "celebration_id", "member_id") SELECT "id", "celebration_id", "member_id" FROM `cheers`;--> statement-breakpoint
DROP TABLE `cheers`;--> statement-breakpoint
ALTER TABLE `__new_cheers` RENAME TO `cheers`;--> statement-breakpoint
CREATE UNIQUE INDEX `cheers_once` ON `cheers` (`celebration_id`,`member_id`);--> statement-breakpoint
CREATE INDEX `cheers_member` ON `cheers` (`member_id`);--> statement-breakpoint
CREATE TABLE `__new_decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`moderator_id` text,
	`post_action` text NOT NULL,
	`author_action` text NOT NULL,
	`rule` text NOT NULL,
	`reason` text NOT NULL,
	`private_reason` text NOT NULL,
	`duration` text,
	`warnings` text NOT NULL,
	`decided_at` integer NOT NULL,
	`apply_at` integer NOT NULL,
	`settled` text DEFAULT 'waiting' NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`moderator_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_decisions`("id", "case_id", "moderator_id", "post_action", "author_action", "rule", "reason", "private_reason", "duration", "warnings", "decided_at", "apply_at", "settled") SELECT "id", "case_id", "moderator_id", "post_action", "author_action", "rule", "reason", "private_reason", "duration", "warnings", "decided_at", "apply_at", "settled" FROM `decisions`;--> statement-breakpoint
DROP TABLE `decisions`;--> statement-breakpoint
ALTER TABLE `__new_decisions` RENAME TO `decisions`;--> statement-breakpoint
CREATE INDEX `decisions_waiting` ON `decisions` (`settled`,`apply_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `decisions_one_waiting` ON `decisions` (`case_id`) WHERE "decisions"."settled" = 'waiting';--> statement-breakpoint
CREATE INDEX `decisions_case` ON `decisions` (`case_id`,`decided_at`);--> statement-breakpoint
CREATE INDEX `decisions_moderator` ON `decisions` (`moderator_id`);--> statement-breakpoint
CREATE TABLE `__new_encouragements` (
	`id` text PRIMARY KEY NOT NULL,
	`post_id` text NOT NULL,
	`member_id` text,
	`kind` text NOT NULL,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_encouragements`("id", "post_id", "member_id", "kind") SELECT "id", "post_id", "member_id", "kind" FROM `encouragements`;--> statement-breakpoint
DROP TABLE `encouragements`;--> statement-breakpoint
ALTER TABLE `__new_encouragements` RENAME TO `encouragements`;--> statement-breakpoint
CREATE UNIQUE INDEX `encouragements_once` ON `encouragements` (`post_id`,`member_id`,`kind`);--> statement-breakpoint
CREATE INDEX `encouragements_member` ON `encouragements` (`member_id`);--> statement-breakpoint
CREATE TABLE `__new_reports` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`post_id` text NOT NULL,
	`reporter_id` text,
	`reason` text NOT NULL,
	`note` text NOT NULL,
	`suggested` text NOT NULL,
	`post_version` integer NOT NULL,
	`snapshot` text NOT NULL,
	`weight` integer NOT NULL,
	`trusted` integer NOT NULL,
	`status` text DEFAULT 'open' NOT NULL,
	`reported_at` integer NOT NULL,
	`settled_at` integer,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reporter_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_reports`("id", "case_id", "post_id", "reporter_id", "reason", "note", "suggested", "post_version", "snapshot", "weight", "trusted", "status", "reported_at", "settled_at") SELECT "id", "case_id", "post_id", "reporter_id", "reason", "note", "suggested", "post_version", "snapshot", "weight", "trusted", "status", "reported_at", "settled_at" FROM `reports`;--> statement-breakpoint
DROP TABLE `reports`;--> statement-breakpoint
ALTER TABLE `__new_reports` RENAME TO `reports`;--> statement-breakpoint
CREATE UNIQUE INDEX `reports_one_open` ON `reports` (`reporter_id`,`post_id`) WHERE "reports"."status" = 'open';--> statement-breakpoint
CREATE INDEX `reports_case` ON `reports` (`case_id`,`reported_at`);--> statement-breakpoint
CREATE INDEX `reports_reporter` ON `reports` (`reporter_id`,`reported_at`);--> statement-breakpoint
CREATE INDEX `reports_post` ON `reports` (`post_id`);--> statement-breakpoint
ALTER TABLE `members` ADD `tombstone` text;--> statement-breakpoint
CREATE UNIQUE INDEX `members_tombstone_unique` ON `members` (`tombstone`);--> statement-breakpoint
CREATE INDEX `case_events_actor` ON `case_events` (`actor_id`);
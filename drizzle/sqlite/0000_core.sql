CREATE TABLE `boards` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`section` text NOT NULL,
	`title` text NOT NULL,
	`charter` text NOT NULL,
	`warnings` text NOT NULL,
	`members_only` integer NOT NULL,
	`distress` integer NOT NULL,
	`titles_public` integer NOT NULL,
	`position` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `boards_slug_unique` ON `boards` (`slug`);--> statement-breakpoint
CREATE UNIQUE INDEX `boards_position` ON `boards` (`position`);--> statement-breakpoint
CREATE TABLE `case_events` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`version` integer NOT NULL,
	`kind` text NOT NULL,
	`actor_id` text,
	`detail` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `case_events_order` ON `case_events` (`case_id`,`version`);--> statement-breakpoint
CREATE TABLE `cases` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`post_id` text NOT NULL,
	`board_id` text NOT NULL,
	`priority` integer NOT NULL,
	`score` integer DEFAULT 0 NOT NULL,
	`state` text DEFAULT 'open' NOT NULL,
	`outcome` text,
	`version` integer DEFAULT 1 NOT NULL,
	`claimed_by` text,
	`claim_expires_at` integer,
	`escalated_by` text,
	`opened_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`closed_at` integer,
	`reopened` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`board_id`) REFERENCES `boards`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`claimed_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`escalated_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cases_one_open` ON `cases` (`post_id`) WHERE "cases"."state" <> 'closed';--> statement-breakpoint
CREATE INDEX `cases_queue` ON `cases` (`state`,`priority`,`due_at`,`id`);--> statement-breakpoint
CREATE INDEX `cases_post` ON `cases` (`post_id`,`opened_at`);--> statement-breakpoint
CREATE TABLE `decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`moderator_id` text NOT NULL,
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
CREATE INDEX `decisions_waiting` ON `decisions` (`settled`,`apply_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `decisions_one_waiting` ON `decisions` (`case_id`) WHERE "decisions"."settled" = 'waiting';--> statement-breakpoint
CREATE INDEX `decisions_case` ON `decisions` (`case_id`,`decided_at`);--> statement-breakpoint
CREATE TABLE `encouragements` (
	`id` text PRIMARY KEY NOT NULL,
	`post_id` text NOT NULL,
	`member_id` text NOT NULL,
	`kind` text NOT NULL,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `encouragements_once` ON `encouragements` (`post_id`,`member_id`,`kind`);--> statement-breakpoint
CREATE TABLE `kept_forms` (
	`id` text PRIMARY KEY NOT NULL,
	`sealed` text NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `kept_forms_expiry` ON `kept_forms` (`expires_at`);--> statement-breakpoint
CREATE TABLE `members` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`name_folded` text NOT NULL,
	`passphrase_hash` text NOT NULL,
	`role` text DEFAULT 'member' NOT NULL,
	`joined_at` integer NOT NULL,
	`agreement_version` integer NOT NULL,
	`country` text,
	`hard_day` integer DEFAULT false NOT NULL,
	`warning_choices` text NOT NULL,
	`trust` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `members_nameFolded_unique` ON `members` (`name_folded`);--> statement-breakpoint
CREATE TABLE `notices` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`kind` text NOT NULL,
	`post_id` text,
	`detail` text NOT NULL,
	`at` integer NOT NULL,
	`read_at` integer,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `notices_member` ON `notices` (`member_id`,`at`,`id`);--> statement-breakpoint
CREATE TABLE `offered_names` (
	`name_folded` text PRIMARY KEY NOT NULL,
	`offer` text NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `offered_names_offer` ON `offered_names` (`offer`);--> statement-breakpoint
CREATE INDEX `offered_names_expiry` ON `offered_names` (`expires_at`);--> statement-breakpoint
CREATE TABLE `post_revisions` (
	`id` text PRIMARY KEY NOT NULL,
	`post_id` text NOT NULL,
	`version` integer NOT NULL,
	`title` text,
	`body` text NOT NULL,
	`warnings` text NOT NULL,
	`replaced_at` integer NOT NULL,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `post_revisions_version` ON `post_revisions` (`post_id`,`version`);--> statement-breakpoint
CREATE TABLE `posts` (
	`id` text PRIMARY KEY NOT NULL,
	`thread_id` text NOT NULL,
	`parent_id` text,
	`author_id` text,
	`place` text NOT NULL,
	`depth` integer NOT NULL,
	`body` text NOT NULL,
	`html` text NOT NULL,
	`warnings` text NOT NULL,
	`posted_at` integer NOT NULL,
	`edited_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`state` text DEFAULT 'standing' NOT NULL,
	`folded` text,
	`locked` integer DEFAULT false NOT NULL,
	`encouraged` text NOT NULL,
	`key` text NOT NULL,
	FOREIGN KEY (`thread_id`) REFERENCES `threads`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `posts_place` ON `posts` (`thread_id`,`place`);--> statement-breakpoint
CREATE UNIQUE INDEX `posts_key` ON `posts` (`author_id`,`key`);--> statement-breakpoint
CREATE INDEX `posts_author` ON `posts` (`author_id`,`posted_at`);--> statement-breakpoint
CREATE INDEX `posts_opening` ON `posts` (`thread_id`) WHERE "posts"."parent_id" is null;--> statement-breakpoint
CREATE TABLE `reports` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`post_id` text NOT NULL,
	`reporter_id` text NOT NULL,
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
CREATE UNIQUE INDEX `reports_one_open` ON `reports` (`reporter_id`,`post_id`) WHERE "reports"."status" = 'open';--> statement-breakpoint
CREATE INDEX `reports_case` ON `reports` (`case_id`,`reported_at`);--> statement-breakpoint
CREATE INDEX `reports_reporter` ON `reports` (`reporter_id`,`reported_at`);--> statement-breakpoint
CREATE TABLE `sanctions` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`decision_id` text NOT NULL,
	`kind` text NOT NULL,
	`board_id` text,
	`rule` text NOT NULL,
	`reason` text NOT NULL,
	`from` integer NOT NULL,
	`until` integer,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decision_id`) REFERENCES `decisions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sanctions_member` ON `sanctions` (`member_id`,`until`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`started_on` text NOT NULL,
	`seen_on` text NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `sessions_member` ON `sessions` (`member_id`);--> statement-breakpoint
CREATE INDEX `sessions_expiry` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `threads` (
	`id` text PRIMARY KEY NOT NULL,
	`board_id` text NOT NULL,
	`author_id` text,
	`opening_id` text NOT NULL,
	`title` text NOT NULL,
	`excerpt` text NOT NULL,
	`opened_at` integer NOT NULL,
	`active_at` integer NOT NULL,
	`answers` integer DEFAULT 0 NOT NULL,
	`answered` integer DEFAULT 0 NOT NULL,
	`listed` integer DEFAULT true NOT NULL,
	`locked` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`board_id`) REFERENCES `boards`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `threads_unanswered` ON `threads` (`board_id`,`listed`,`answered`,`active_at`,`id`);--> statement-breakpoint
CREATE INDEX `threads_active` ON `threads` (`board_id`,`listed`,`active_at`,`id`);--> statement-breakpoint
CREATE INDEX `threads_new` ON `threads` (`board_id`,`listed`,`opened_at`,`id`);--> statement-breakpoint
CREATE INDEX `threads_everywhere` ON `threads` (`listed`,`answered`,`active_at`,`id`);--> statement-breakpoint
CREATE INDEX `threads_author` ON `threads` (`author_id`,`opened_at`);
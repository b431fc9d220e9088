DROP INDEX `posts_locked`;--> statement-breakpoint
DROP INDEX `posts_opening`;--> statement-breakpoint
CREATE INDEX `posts_depth` ON `posts` (`thread_id`,`depth`,`place`);--> statement-breakpoint
CREATE INDEX `posts_closed` ON `posts` (`thread_id`,`place`) WHERE "posts"."locked";--> statement-breakpoint
CREATE INDEX `posts_state` ON `posts` (`thread_id`,`state`,`posted_at`);--> statement-breakpoint
DROP INDEX `bookmarks_member`;--> statement-breakpoint
CREATE INDEX `bookmarks_post` ON `bookmarks` (`post_id`);--> statement-breakpoint
CREATE INDEX `bookmarks_member` ON `bookmarks` (`member_id`,`at`,`id`);--> statement-breakpoint
DROP INDEX `cases_queue`;--> statement-breakpoint
CREATE INDEX `cases_claimed` ON `cases` (`claimed_by`);--> statement-breakpoint
CREATE INDEX `cases_escalated` ON `cases` (`escalated_by`);--> statement-breakpoint
CREATE INDEX `cases_queue` ON `cases` (`priority`,`due_at`,`id`) WHERE "cases"."state" <> 'closed';--> statement-breakpoint
CREATE INDEX `cheers_member` ON `cheers` (`member_id`);--> statement-breakpoint
CREATE INDEX `decisions_moderator` ON `decisions` (`moderator_id`);--> statement-breakpoint
CREATE INDEX `encouragements_member` ON `encouragements` (`member_id`);--> statement-breakpoint
CREATE INDEX `notices_waiting` ON `notices` (`post_id`,`kind`) WHERE "notices"."read_at" is null;--> statement-breakpoint
CREATE INDEX `reports_post` ON `reports` (`post_id`);--> statement-breakpoint
CREATE INDEX `sanctions_decision` ON `sanctions` (`decision_id`);--> statement-breakpoint
CREATE INDEX `sessions_end` ON `sessions` (`ends_at`);--> statement-breakpoint
CREATE INDEX `thread_reads_thread` ON `thread_reads` (`thread_id`);--> statement-breakpoint
CREATE INDEX `threads_newest` ON `threads` (`listed`,`opened_at`,`id`);